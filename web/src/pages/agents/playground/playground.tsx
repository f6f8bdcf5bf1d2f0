/** Tries an agent as it is written now, or as it is published: real runs, one for each message, with what was said before. */
import {
  ActionIcon,
  Alert,
  Button,
  Group,
  ScrollArea,
  SegmentedControl,
  Stack,
  Text,
  Tooltip,
} from '@mantine/core';
import { IconInfoCircle, IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ChatMessage } from '../../../../../contracts/models/chat.ts';
import { startAgentRunRequest, useStopAgentRun } from '../../../api/agents.ts';
import { Composer } from '../../../components/chat/composer.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { playgroundText } from '../../../i18n/agents.ts';
import { chatText } from '../../../i18n/chat.ts';
import { useT } from '../../../i18n/language.ts';
import type { AgentEdit } from '../use-agent-edit.ts';
import classes from './playground.module.css';
import { PlaygroundTurn } from './playground-turn.tsx';

interface Turn {
  said: string;
  run: string;
  /** Undefined while it runs. */
  answer?: string;
}

export function Playground({ edit, mayTryDraft }: { edit: AgentEdit; mayTryDraft: boolean }) {
  const t = useT();
  const { stored, values, flush } = edit;
  const [turns, setTurns] = useState<readonly Turn[]>([]);
  const [chosen, setChosen] = useState<'draft' | 'version'>('draft');
  const isPublished = stored.publishedVersion !== undefined;
  const of = mayTryDraft && !(chosen === 'version' && isPublished) ? 'draft' : 'version';
  const stop = useStopAgentRun();
  const send = useMutation({
    async mutationFn(message: string) {
      // What is tried is what is seen.
      if (of === 'draft' && !(await flush())) throw new Error(t(playgroundText.notSaved));
      const messages = turns.flatMap(({ said, answer = '' }): ChatMessage[] => [
        { role: 'user', content: said },
        { role: 'assistant', content: answer },
      ]);
      const { id } = await startAgentRunRequest(stored.id, { message, messages, draft: of === 'draft' });
      setTurns((before) => [...before, { said: message, run: id }]);
    },
  });
  const last = turns.at(-1);
  const isBusy = last !== undefined && last.answer === undefined;
  const view = useRef<HTMLDivElement>(null);
  const toEnd = () => {
    view.current?.scrollTo({ top: view.current.scrollHeight });
  };
  const answered = (run: string, answer: string) =>
    setTurns((before) => before.map((turn) => (turn.run === run ? { ...turn, answer } : turn)));
  return (
    <div className={classes.playground}>
      <Group justify="space-between" className={classes.head}>
        <Text fw={650}>{t(playgroundText.title)}</Text>
        <Group gap="xs">
          {mayTryDraft && isPublished && (
            <SegmentedControl
              size="xs"
              aria-label={t(playgroundText.title)}
              data={[
                { value: 'draft', label: t(playgroundText.draft) },
                { value: 'version', label: t(playgroundText.version) },
              ]}
              value={of}
              onChange={(value) => setChosen(value === 'version' ? value : 'draft')}
            />
          )}
          <Tooltip label={t(playgroundText.again)}>
            <ActionIcon
              aria-label={t(playgroundText.again)}
              disabled={turns.length === 0}
              onClick={() => setTurns([])}
            >
              <IconRefresh size={17} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      <ScrollArea className={classes.thread} viewportRef={view} data-testid="playground">
        <Stack p="md" gap="lg">
          {turns.length === 0 && (
            <Beginning starters={values.draft.starters} onChoose={(text) => send.mutate(text)} />
          )}
          {turns.map(({ said, run }) => (
            <PlaygroundTurn
              key={run}
              said={said}
              run={run}
              onEnd={(answer) => answered(run, answer)}
              onGrow={toEnd}
            />
          ))}
          {send.error && <ErrorNotice error={send.error} />}
        </Stack>
      </ScrollArea>
      <div className={classes.foot}>
        <Composer
          placeholder={t(chatText.placeholder, { name: values.name })}
          {...(isBusy && { onStop: () => stop.mutate(last.run) })}
          disabled={isBusy || send.isPending || (!mayTryDraft && !isPublished)}
          onSend={(text) =>
            send.mutateAsync(text).then(
              () => true,
              () => false,
            )
          }
        />
      </div>
    </div>
  );
}

function Beginning({ starters, onChoose }: { starters: readonly string[]; onChoose(text: string): void }) {
  const t = useT();
  return (
    <>
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
            onClick={() => onChoose(starter)}
            data-testid="starter"
          >
            {starter}
          </Button>
        ))}
      </Stack>
    </>
  );
}
