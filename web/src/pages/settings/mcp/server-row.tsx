import { Button, Group, Menu, Stack, Table, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconEye, IconPower, IconX } from '@tabler/icons-react';
import type { McpServer } from '../../../../../contracts/api/mcp-servers.ts';
import {
  useConnectMcpServer,
  useDisconnectMcpServer,
  useRefreshMcpServer,
  useRemoveMcpServer,
  useUpdateMcpServer,
} from '../../../api/mcp-servers.ts';
import { useCan } from '../../../api/session.ts';
import { useConfirm } from '../../../components/confirm.tsx';
import { notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { MoreMenu } from '../../../components/more-menu.tsx';
import { useT } from '../../../i18n/language.ts';
import { mcpText } from '../../../i18n/mcp.ts';
import { failureText } from '../../../lib/failure-text.ts';

interface ServerRowProps {
  server: McpServer;
  mayManage: boolean;
  onTools(): void;
  onEdit(): void;
}

export function ServerRow({ server, mayManage, onTools, onEdit }: ServerRowProps) {
  const t = useT();
  const { id, name, transport, enabled, tools, connected } = server;
  const refresh = useRefreshMcpServer();
  const update = useUpdateMcpServer();
  const remove = useRemoveMcpServer();
  const connect = useConnectMcpServer();
  const disconnect = useDisconnectMcpServer();
  const mayConnect = useCan('mcp.connect');
  const [ask, dialog] = useConfirm();
  const toRead = tools.filter(({ state }) => state === 'new' || state === 'changed').length;
  const askAgain = () =>
    refresh.mutate(id, {
      onSuccess: ({ failure, tools: told }) =>
        failure
          ? notifyError(new Error(failureText(failure)))
          : notifyDone(
              t(mcpText.refreshed, { name, count: told.filter(({ listed }) => listed !== undefined).length }),
            ),
      onError: notifyError,
    });
  const askToRemove = () =>
    ask({
      title: t(mcpText.removeTitle, { name }),
      text: t(mcpText.removeText),
      action: t(mcpText.remove),
      onYes: () => remove.mutate(id, { onError: notifyError }),
    });
  return (
    <Table.Tr data-testid="mcp-server-row">
      <Table.Td>
        <Text size="sm" fw={600} truncate>
          {name}
        </Text>
        {connected !== undefined && (
          <Text size="xs" c={connected ? 'teal' : 'orange'}>
            {t(connected ? mcpText.connected : mcpText.notConnected)}
          </Text>
        )}
        <Text size="xs" c="dimmed" truncate>
          {transport.kind === 'http' ? transport.url : `${t(mcpText.program)}: ${transport.command}`}
        </Text>
      </Table.Td>
      <Table.Td>
        <ServerState server={server} toRead={toRead} />
      </Table.Td>
      <Table.Td>
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <Button
            size="xs"
            variant={mayManage && toRead > 0 ? 'filled' : 'default'}
            visibleFrom="sm"
            onClick={onTools}
            data-testid="mcp-tools"
          >
            {t(mayManage && toRead > 0 ? mcpText.review : mcpText.see)}
          </Button>
          <MoreMenu testId="mcp-more" isBusy={refresh.isPending || connect.isPending}>
            <Menu.Item onClick={onTools}>{t(mcpText.see)}</Menu.Item>
            {mayConnect && connected === false && (
              <Menu.Item
                onClick={() =>
                  connect.mutate(id, {
                    onSuccess: ({ url }) => window.location.assign(url),
                    onError: notifyError,
                  })
                }
                data-testid="mcp-connect"
              >
                {t(mcpText.connect)}
              </Menu.Item>
            )}
            {mayConnect && connected && (
              <Menu.Item onClick={() => disconnect.mutate(id, { onError: notifyError })}>
                {t(mcpText.disconnect)}
              </Menu.Item>
            )}
            {mayManage && (
              <>
                <Menu.Item onClick={askAgain} data-testid="mcp-refresh">
                  {t(mcpText.refresh)}
                </Menu.Item>
                <Menu.Item onClick={onEdit}>{t(mcpText.edit)}</Menu.Item>
                <Menu.Item onClick={() => update.mutate({ id, enabled: !enabled }, { onError: notifyError })}>
                  {t(enabled ? mcpText.turnOff : mcpText.turnOn)}
                </Menu.Item>
                <Menu.Item color="red" onClick={askToRemove}>
                  {t(mcpText.remove)}
                </Menu.Item>
              </>
            )}
          </MoreMenu>
        </Group>
        {dialog}
      </Table.Td>
    </Table.Tr>
  );
}

interface ServerStateProps {
  server: McpServer;
  /** Of its tools, how many wait for a person. */
  toRead: number;
}

function ServerState({ server: { enabled, failure, tools }, toRead }: ServerStateProps) {
  const t = useT();
  const approved = tools.filter(({ state }) => state === 'approved').length;
  const listed = tools.filter(({ state }) => state !== 'gone').length;
  if (!enabled)
    return (
      <Group gap={6} wrap="nowrap" c="dimmed">
        <IconPower size={16} />
        <Text size="sm">{t(mcpText.off)}</Text>
      </Group>
    );
  return (
    <Stack gap={2}>
      {failure && (
        <Tooltip label={failureText(failure)} multiline maw={360}>
          <Group gap={6} wrap="nowrap" data-testid="mcp-failure">
            <IconX size={16} color="var(--mantine-color-red-6)" style={{ flex: 'none' }} />
            <Text size="sm" lineClamp={2}>
              {t(mcpText.failed)}
            </Text>
          </Group>
        </Tooltip>
      )}
      {(listed > 0 || !failure) && (
        <Group gap={6} wrap="nowrap">
          <IconCircleCheck
            size={16}
            color={approved > 0 ? 'var(--mantine-color-teal-6)' : 'var(--mantine-color-dimmed)'}
            style={{ flex: 'none' }}
          />
          <Text size="sm">{t(mcpText.approvedOf, { approved, count: listed })}</Text>
        </Group>
      )}
      {toRead > 0 && (
        <Group gap={6} wrap="nowrap" c="orange">
          {tools.some(({ state }) => state === 'changed') ? (
            <IconAlertTriangle size={14} />
          ) : (
            <IconEye size={14} />
          )}
          <Text size="xs">{t(mcpText.toReview, { count: toRead })}</Text>
        </Group>
      )}
    </Stack>
  );
}
