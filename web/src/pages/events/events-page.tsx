/** What happened in the workspace, newest first. The filter and the open event live in the address. */
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBroadcast, IconSearch, IconSpeakerphone } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { listenedName } from '../../../../contracts/events.ts';
import { useEvents } from '../../api/events.ts';
import { useCan } from '../../api/session.ts';
import { ListFrame } from '../../components/list-frame.tsx';
import { Page } from '../../components/page.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { eventsText } from '../../i18n/events.ts';
import { useT } from '../../i18n/language.ts';
import { EmitDialog } from './emit-dialog.tsx';
import { EventDrawer } from './event-drawer.tsx';
import { EventRows } from './event-rows.tsx';

export function EventsPage() {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const [typed, setTyped] = useState(search.get('name') ?? '');
  const [emits, setEmits] = useState(false);
  const mayEmit = useCan('event.emit');
  const [settled] = useDebouncedValue(typed.trim(), 300);
  // What is being typed is no name yet: it filters nothing.
  const name = listenedName.safeParse(settled).success ? settled : '';
  const list = useEvents(name);
  const events = list.data ?? [];
  const open = (id: string | undefined) => setSearch(id ? { event: id } : {}, { replace: true });
  const button = mayEmit && (
    <Button
      leftSection={<IconSpeakerphone size={16} />}
      onClick={() => setEmits(true)}
      data-testid="emit-event"
    >
      {t(eventsText.emit)}
    </Button>
  );
  const none = name === '';
  return (
    <Page
      title={t(eventsText.title)}
      description={t(eventsText.description)}
      actions={(events.length > 0 || !none) && button}
    >
      <ListFrame
        query={list}
        count={events.length}
        empty={
          <TeachingEmpty
            icon={<IconBroadcast />}
            title={t(none ? eventsText.emptyTitle : eventsText.noMatch)}
            actions={none && button}
          >
            {t(none ? eventsText.emptyText : eventsText.noMatchText)}
          </TeachingEmpty>
        }
        filters={
          (events.length > 0 || typed !== '') && (
            <TextInput
              aria-label={t(eventsText.filter)}
              placeholder={t(eventsText.filter)}
              leftSection={<IconSearch size={16} />}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              maw={320}
              spellCheck={false}
              data-testid="event-filter"
            />
          )
        }
      >
        <EventRows events={events} onOpen={open} />
      </ListFrame>
      <EventDrawer id={search.get('event') ?? undefined} onClose={() => open(undefined)} onOpen={open} />
      <EmitDialog opened={emits} onClose={() => setEmits(false)} onEmitted={open} />
    </Page>
  );
}
