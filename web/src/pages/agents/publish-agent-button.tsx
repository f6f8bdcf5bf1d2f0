/** Publishes the draft, after it is saved; with what there is to say about the version, for who wants to say something. */
import { ActionIcon, Button, Group, Popover, Stack, Textarea } from '@mantine/core';
import { IconMessagePlus, IconRocket } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { agentKeys, getAgent, publishAgent } from '../../api/agents.ts';
import { notifyDone, notifyError } from '../../components/error-notice.tsx';
import { agentsText } from '../../i18n/agents.ts';
import { editorText } from '../../i18n/editor.ts';
import { useT } from '../../i18n/language.ts';
import { versionsText } from '../../i18n/versions.ts';
import type { AgentEdit } from './use-agent-edit.ts';

export function PublishAgentButton({ edit: { stored, save, flush, setStored } }: { edit: AgentEdit }) {
  const t = useT();
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const [note, setNote] = useState('');
  const publish = useMutation({
    async mutationFn(text: string) {
      if (!(await flush())) return undefined;
      const { version } = await publishAgent(stored.id, text.trim());
      setStored(await getAgent(stored.id));
      return version;
    },
    async onSuccess(version) {
      if (!version) return;
      setAsks(false);
      setNote('');
      notifyDone(t(agentsText.publishedNow, { number: version.number }));
      await client.invalidateQueries({ queryKey: [...agentKeys.all, 'versions', stored.id] });
      await client.invalidateQueries({ queryKey: [...agentKeys.all, 'list'] });
    },
    onError(error) {
      notifyError(error);
      document.querySelector('[data-testid="agent-problems"]')?.scrollIntoView({ block: 'center' });
    },
  });
  const isUpToDate = stored.publishedVersion !== undefined && !stored.draftChanged && save.kind === 'saved';
  const variant = isUpToDate ? 'default' : 'filled';
  return (
    <Button.Group>
      <Button
        size="sm"
        variant={variant}
        leftSection={<IconRocket size={16} />}
        onClick={() => publish.mutate('')}
        loading={publish.isPending}
        data-testid="publish-agent"
        data-published={isUpToDate || undefined}
      >
        {t(isUpToDate ? agentsText.isPublished : editorText.publish)}
      </Button>
      {!isUpToDate && (
        <Popover opened={asks} onChange={setAsks} position="bottom-end" width={300} trapFocus>
          <Popover.Target>
            <ActionIcon
              h={36}
              w={36}
              variant={variant}
              color="iris"
              aria-label={t(agentsText.publishWithNote)}
              title={t(agentsText.publishWithNote)}
              onClick={() => setAsks(!asks)}
              style={{ borderStartStartRadius: 0, borderEndStartRadius: 0, marginInlineStart: 1 }}
              data-testid="publish-with-note"
            >
              <IconMessagePlus size={17} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            <Stack gap="xs">
              <Textarea
                label={t(versionsText.note)}
                placeholder={t(versionsText.notePlaceholder)}
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
                maxLength={500}
                autosize
                minRows={2}
                data-testid="publish-note"
              />
              <Group justify="flex-end">
                <Button
                  size="xs"
                  onClick={() => publish.mutate(note)}
                  loading={publish.isPending}
                  data-testid="publish-noted"
                >
                  {t(editorText.publish)}
                </Button>
              </Group>
            </Stack>
          </Popover.Dropdown>
        </Popover>
      )}
    </Button.Group>
  );
}
