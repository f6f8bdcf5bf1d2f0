/** Tries an agent as it is written now, or as it is published: a conversation like any other, which is in no list. */
import { ActionIcon, Alert, Button, Group, SegmentedControl, Stack, Text, Tooltip } from '@mantine/core';
import { IconInfoCircle, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { notifyError } from '../../../components/error-notice.tsx';
import { playgroundText } from '../../../i18n/agents.ts';
import { chatText } from '../../../i18n/chat.ts';
import { useT } from '../../../i18n/language.ts';
import { ChatComposer } from '../../chat/chat-composer.tsx';
import type { AgentEdit } from '../use-agent-edit.ts';
import classes from './playground.module.css';
import { TrialThread } from './trial-thread.tsx';
import { useTrial } from './use-trial.ts';

export function Playground({ edit, mayTryDraft }: { edit: AgentEdit; mayTryDraft: boolean }) {
  const t = useT();
  const { stored, values, flush } = edit;
  const [chosen, setChosen] = useState<'draft' | 'published'>('draft');
  const isPublished = stored.publishedVersion !== undefined;
  const of = mayTryDraft && !(chosen === 'published' && isPublished) ? 'draft' : 'published';
  const trial = useTrial(stored.id, of);
  /** What is tried is what is seen. False: it can't be saved, and that was told. */
  const ready = async () => {
    if (of === 'published' || (await flush())) return true;
    notifyError(new Error(t(playgroundText.notSaved)));
    return false;
  };
  const begin = async (text: string, files: readonly string[] = []) => {
    if (!(await ready())) return false;
    return trial.begin(text, files).then(
      () => true,
      (error: unknown) => {
        notifyError(error);
        return false;
      },
    );
  };
  return (
    <div className={classes.playground} data-testid="playground">
      <Group justify="space-between" className={classes.head}>
        <Text fw={650}>{t(playgroundText.title)}</Text>
        <Group gap="xs">
          {mayTryDraft && isPublished && (
            <SegmentedControl
              size="xs"
              aria-label={t(playgroundText.title)}
              data={[
                { value: 'draft', label: t(playgroundText.draft) },
                { value: 'published', label: t(playgroundText.version) },
              ]}
              value={of}
              onChange={setChosen}
            />
          )}
          <Tooltip label={t(playgroundText.again)}>
            <ActionIcon
              aria-label={t(playgroundText.again)}
              disabled={trial.conversation === undefined}
              onClick={trial.end}
              data-testid="trial-again"
            >
              <IconRefresh size={17} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {trial.conversation !== undefined ? (
        <TrialThread
          key={trial.conversation}
          conversation={trial.conversation}
          name={values.name}
          ready={ready}
          onGone={trial.end}
        />
      ) : (
        <>
          <Beginning starters={values.draft.starters} onChoose={(text) => void begin(text)} />
          <div className={classes.foot}>
            <ChatComposer
              placeholder={t(chatText.placeholder, { name: values.name })}
              disabled={!mayTryDraft && !isPublished}
              send={begin}
            />
          </div>
        </>
      )}
    </div>
  );
}

function Beginning({ starters, onChoose }: { starters: readonly string[]; onChoose(text: string): void }) {
  const t = useT();
  return (
    <Stack p="md" gap="md" className={classes.beginning}>
      <Alert variant="light" color="gray" icon={<IconInfoCircle size={18} />}>
        {t(playgroundText.help)}
      </Alert>
      <Stack gap="xs" align="flex-start">
        {starters.map((starter) => (
          <Button
            key={starter}
            variant="default"
            radius="xl"
            size="sm"
            fw={400}
            maw="100%"
            onClick={() => onChoose(starter)}
            data-testid="starter"
          >
            {starter}
          </Button>
        ))}
      </Stack>
    </Stack>
  );
}
