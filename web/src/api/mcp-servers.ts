/** MCP servers of the workspace, and what was approved of their tools. */
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  createMcpServer,
  McpServer,
  mcpCommandList,
  reviewMcpTools,
  updateMcpServer,
} from '../../../contracts/api/mcp-servers.ts';
import { request } from './client.ts';
import { useChange } from './use-change.ts';
import { useList } from './use-list.ts';

const serversKey = ['mcp-servers'];
const at = (id: string) => `/mcp-servers/${encodeURIComponent(id)}`;

export const useMcpServers = () => useList<McpServer>(serversKey, '/mcp-servers');

/** The programs that the operator allows. */
export function useMcpCommands() {
  return useQuery({
    queryKey: ['mcp-commands'],
    queryFn: () => request<z.output<typeof mcpCommandList>>('GET', '/mcp-commands'),
    select: ({ items }) => items.map(({ name }) => name),
  });
}

export const useCreateMcpServer = () =>
  useChange(
    (body: z.input<typeof createMcpServer>) => request<McpServer>('POST', '/mcp-servers', { body }),
    serversKey,
  );
export const useUpdateMcpServer = () =>
  useChange(
    ({ id, ...body }: z.input<typeof updateMcpServer> & { id: string }) =>
      request<McpServer>('PATCH', at(id), { body }),
    serversKey,
  );
export const useRemoveMcpServer = () =>
  useChange((id: string) => request<void>('DELETE', at(id)), serversKey);
/** Gives the address at which the person agrees. */
export const useConnectMcpServer = () =>
  useChange((id: string) => request<{ url: string }>('POST', `${at(id)}/connection`), serversKey);
export const useDisconnectMcpServer = () =>
  useChange((id: string) => request<void>('DELETE', `${at(id)}/connection`), serversKey);
/** Asks the server for its tools. */
export const useRefreshMcpServer = () =>
  useChange((id: string) => request<McpServer>('POST', `${at(id)}/refresh`), serversKey);
export const useReviewMcpTools = () =>
  useChange(
    ({ id, ...body }: z.input<typeof reviewMcpTools> & { id: string }) =>
      request<McpServer>('POST', `${at(id)}/review`, { body }),
    serversKey,
  );
