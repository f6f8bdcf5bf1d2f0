/** MCP servers of the workspace: where they are, whether they answer, and which of their tools are approved. */
import { Button } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { McpServer } from '../../../../../contracts/api/mcp-servers.ts';
import { useMcpServers } from '../../../api/mcp-servers.ts';
import { useCan } from '../../../api/session.ts';
import { ListFrame, ListTable } from '../../../components/list-frame.tsx';
import { Page } from '../../../components/page.tsx';
import { TeachingEmpty } from '../../../components/teaching-empty.tsx';
import { useT } from '../../../i18n/language.ts';
import { mcpText } from '../../../i18n/mcp.ts';
import { useConsentAnswer } from '../credentials/use-consent-answer.ts';
import { ServerDialog } from './server-dialog.tsx';
import { ServerRow } from './server-row.tsx';
import { ToolsDrawer } from './tools-drawer.tsx';

/** What is open above the list. The server stays while the dialog closes, so that it does not change as it goes. */
interface Open {
  kind: 'new' | 'edit' | 'tools';
  server?: string;
  opened: boolean;
}

export function McpServersPage() {
  const t = useT();
  const servers = useMcpServers();
  const mayManage = useCan('mcp.manage');
  const [open, setOpen] = useState<Open>({ kind: 'new', opened: false });
  useConsentAnswer();
  const close = () => setOpen((before) => ({ ...before, opened: false }));
  const rows = servers.data ?? [];
  const shown = rows.find(({ id }) => id === open.server);
  const add = mayManage && (
    <Button
      leftSection={<IconPlus size={16} />}
      onClick={() => setOpen({ kind: 'new', opened: true })}
      data-testid="mcp-add"
    >
      {t(mcpText.add)}
    </Button>
  );
  const toolsOf = ({ id }: McpServer) => setOpen({ kind: 'tools', server: id, opened: true });
  return (
    <Page title={t(mcpText.title)} description={t(mcpText.description)} actions={rows.length > 0 && add}>
      <ListFrame
        query={servers}
        count={rows.length}
        empty={
          <TeachingEmpty icon={<IconPlugConnected />} title={t(mcpText.emptyTitle)} actions={add}>
            {t(mayManage ? mcpText.emptyText : mcpText.emptyViewer)}
          </TeachingEmpty>
        }
      >
        <ListTable
          columns={[
            { label: t(mcpText.server) },
            { label: t(mcpText.tools), width: { base: 130, sm: 220 } },
            { label: t(mcpText.actions), width: { base: 60, sm: 230 }, unlabelled: true },
          ]}
        >
          {rows.map((server) => (
            <ServerRow
              key={server.id}
              server={server}
              mayManage={mayManage}
              onTools={() => toolsOf(server)}
              onEdit={() => setOpen({ kind: 'edit', server: server.id, opened: true })}
            />
          ))}
        </ListTable>
      </ListFrame>
      <ServerDialog
        opened={open.opened && open.kind !== 'tools'}
        server={open.kind === 'edit' ? shown : undefined}
        onClose={close}
        onAdded={toolsOf}
      />
      <ToolsDrawer
        opened={open.opened && open.kind === 'tools'}
        server={shown}
        mayManage={mayManage}
        onClose={close}
      />
    </Page>
  );
}
