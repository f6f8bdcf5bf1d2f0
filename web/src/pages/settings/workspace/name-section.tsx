import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Workspace } from '../../../../../contracts/api/workspaces.ts';
import { useRenameWorkspace } from '../../../api/workspaces.ts';
import { CopyId } from '../../../components/copy-button.tsx';
import { ErrorNotice, notifyDone } from '../../../components/error-notice.tsx';
import { Section } from '../../../components/section.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import { common } from '../../../i18n/common.ts';
import { useT } from '../../../i18n/language.ts';
import { workspaceText } from '../../../i18n/settings.ts';

export function NameSection({ workspace, mayRename }: { workspace: Workspace; mayRename: boolean }) {
  const t = useT();
  const rename = useRenameWorkspace();
  const [name, setName] = useState(workspace.name);
  const wanted = name.trim();
  const unchanged = wanted === workspace.name;
  return (
    <Section title={t(workspaceText.name)} help={t(workspaceText.nameText)}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted === '' || unchanged) return;
          rename.mutate(wanted, { onSuccess: () => notifyDone(t(workspaceText.renamed, { name: wanted })) });
        }}
      >
        <Stack>
          <Group align="flex-start" gap="sm">
            <TextInput
              aria-label={t(workspaceText.name)}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={wanted === '' && t(workspaceText.nameWrong)}
              readOnly={!mayRename}
              maxLength={64}
              flex={1}
              miw={220}
              maw={420}
              data-testid="workspace-name"
            />
            {mayRename && (
              <Button type="submit" disabled={unchanged || wanted === ''} loading={rename.isPending}>
                {t(common.save)}
              </Button>
            )}
          </Group>
          {rename.error && <ErrorNotice error={rename.error} />}
          <Group gap="lg">
            <Group gap={6}>
              <Text size="sm" c="dimmed">
                {t(workspaceText.id)}
              </Text>
              <CopyId id={workspace.id} />
            </Group>
            <Group gap={6}>
              <Text size="sm" c="dimmed">
                {t(workspaceText.created)}
              </Text>
              <TimeAgo at={workspace.createdAt} />
            </Group>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
