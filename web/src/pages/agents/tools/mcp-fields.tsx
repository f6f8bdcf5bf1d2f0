/** Which MCP server a tool is of, and which of its tools: one, or all that are approved. */
import { Select, Text } from '@mantine/core';
import type { Tool } from '../../../../../contracts/agents/tool.ts';
import { useMcpServers } from '../../../api/mcp-servers.ts';
import { mcpToolText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';
import type { ToolFormProps } from './tool-form-props.ts';

type McpTool = Extract<Tool, { kind: 'mcp' }>;

export function McpFields({ tool, onChange, errorOf }: Omit<ToolFormProps, 'tool'> & { tool: McpTool }) {
  const t = useT();
  const servers = useMcpServers();
  const chosen = servers.data?.find(({ id }) => id === tool.server);
  const usable = chosen?.tools.filter(({ state }) => state === 'approved').map(({ name }) => name) ?? [];
  if (servers.data?.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t(mcpToolText.none)}
      </Text>
    );
  const isLost = tool.tool !== '' && !usable.includes(tool.tool);
  return (
    <>
      <Select
        label={t(mcpToolText.server)}
        placeholder={t(mcpToolText.pick)}
        data={(servers.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={tool.server || null}
        onChange={(server) => onChange({ ...tool, server: server ?? '', tool: '' })}
        error={errorOf('server')}
        data-testid="tool-mcp-server"
      />
      {chosen && (
        <Select
          label={t(mcpToolText.tool)}
          description={t(mcpToolText.toolHelp)}
          data={[
            { value: '', label: `${t(mcpToolText.all)} (${usable.length})` },
            ...usable.map((name) => ({ value: name, label: name })),
            ...(isLost ? [{ value: tool.tool, label: `${tool.tool} (${t(mcpToolText.notUsable)})` }] : []),
          ]}
          value={tool.tool}
          onChange={(name) => onChange({ ...tool, tool: name ?? '' })}
          error={errorOf('tool')}
          allowDeselect={false}
          searchable
          data-testid="tool-mcp-tool"
        />
      )}
    </>
  );
}
