/** Which workspace one is in and as what; the others; a new one. */
import { Avatar, Group, Menu, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { roleTexts } from '../../../contracts/access/roles.ts';
import type { WorkspaceMembership } from '../../../contracts/api/account.ts';
import { useEnterWorkspace } from '../api/joining.ts';
import { useAccount } from '../api/session.ts';
import { notifyDone, notifyError } from '../components/error-notice.tsx';
import { useT } from '../i18n/language.ts';
import { workspacesText } from '../i18n/workspaces.ts';
import { CreateWorkspaceDialog } from './create-workspace-dialog.tsx';
import classes from './shell.module.css';

export function WorkspaceSwitch({ compact, onSwitch }: { compact: boolean; onSwitch(): void }) {
  const t = useT();
  const navigate = useNavigate();
  const { data: account } = useAccount();
  const enter = useEnterWorkspace();
  const [creates, setCreates] = useState(false);
  const active = account?.workspace;
  const name = active?.name ?? t(workspacesText.none);
  const switchTo = async ({ id, name }: WorkspaceMembership) => {
    if (id === active?.id) return;
    onSwitch();
    // First away from what belongs to this workspace: the editor saves while it still may.
    await navigate('/');
    try {
      await enter.mutateAsync({ workspace: id });
      notifyDone(t(workspacesText.switched, { name }));
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <>
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <Tooltip label={name} position="right" disabled={!compact}>
            <UnstyledButton
              className={classes.button}
              data-compact={compact || undefined}
              aria-label={t(workspacesText.switch, { name })}
              data-testid="workspace-switch"
            >
              <Group wrap="nowrap" gap={compact ? 0 : 10}>
                <Avatar name={active?.name ?? ''} color="iris" radius="md" size={30} />
                {!compact && (
                  <>
                    <div style={{ minWidth: 0, flex: 1 }}>
                      <Text size="sm" fw={600} truncate>
                        {name}
                      </Text>
                      {active && (
                        <Text size="xs" c="dimmed" truncate>
                          {t(roleTexts[active.role].name)}
                        </Text>
                      )}
                    </div>
                    <IconSelector size={16} stroke={1.7} aria-hidden />
                  </>
                )}
              </Group>
            </UnstyledButton>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
          {account && account.workspaces.length > 0 && <Menu.Label>{t(workspacesText.mine)}</Menu.Label>}
          {account?.workspaces.map((workspace) => (
            <Menu.Item
              key={workspace.id}
              leftSection={<Avatar name={workspace.name} color="iris" radius="sm" size={26} />}
              rightSection={workspace.id === active?.id && <IconCheck size={14} />}
              onClick={() => switchTo(workspace)}
              aria-current={workspace.id === active?.id || undefined}
            >
              <Text size="sm" truncate>
                {workspace.name}
              </Text>
              <Text size="xs" c="dimmed">
                {t(roleTexts[workspace.role].name)}
              </Text>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus size={16} />} onClick={() => setCreates(true)}>
            {t(workspacesText.create)}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <CreateWorkspaceDialog opened={creates} onClose={() => setCreates(false)} />
    </>
  );
}
