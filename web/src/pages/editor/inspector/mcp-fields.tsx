/** Chooses an MCP server of the workspace, and one of its tools that are approved. */
import { useMcpServers } from '../../../api/mcp-servers.ts';
import { mcpToolText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';
import { ChoiceField, type ChosenField } from './choice-field.tsx';
import { useFormNode } from './preview-context.ts';

export function McpServerField(field: ChosenField) {
  const t = useT();
  const servers = useMcpServers();
  return (
    <ChoiceField
      {...field}
      choices={servers.data?.map(({ id, name }) => ({ value: id, label: name }))}
      placeholder={t(mcpToolText.pick)}
      onOpen={() => void servers.refetch()}
    />
  );
}

export function McpToolField(field: ChosenField) {
  const t = useT();
  const { parameters } = useFormNode();
  const servers = useMcpServers();
  const server = servers.data?.find(({ id }) => id === parameters.server);
  const approved = server?.tools.filter(({ state }) => state === 'approved') ?? [];
  return (
    <ChoiceField
      {...field}
      choices={servers.data && approved.map(({ name }) => ({ value: name, label: name }))}
      placeholder={t(mcpToolText.pickTool)}
      onOpen={() => void servers.refetch()}
    />
  );
}
