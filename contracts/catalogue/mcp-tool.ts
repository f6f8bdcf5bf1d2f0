import { z } from 'zod';
import { dynamicJson } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const mcpToolNode = defineNodeType({
  type: 'mcp-tool',
  version: 1,
  role: 'effect',
  group: 'ai',
  icon: 'PlugConnected',
  label: text('MCP tool', 'Ferramenta MCP'),
  description: text(
    'Calls a tool of an MCP server, once per item. It has to be approved under Settings → MCP servers.',
    'Chama uma ferramenta de um servidor MCP, uma vez por item. Ela precisa estar aprovada em Configurações → Servidores MCP.',
  ),
  keywords: ['mcp', 'model context protocol', 'tool', 'ferramenta', 'servidor', 'server'],
  parameters: z.object({
    server: field(z.string({ error: 'Choose a server.' }).min(1, 'Choose a server.').max(64), {
      label: text('MCP server', 'Servidor MCP'),
      control: 'mcpServer',
      fixed: true,
    }),
    tool: field(z.string({ error: 'Choose a tool.' }).min(1, 'Choose a tool.').max(200), {
      label: text('Tool', 'Ferramenta'),
      help: text(
        'Called as it was approved: when the server describes it otherwise, the step fails until it is approved again.',
        'Chamada como foi aprovada: se o servidor a descrever de outro modo, o passo falha até que seja aprovada de novo.',
      ),
      control: 'mcpTool',
      fixed: true,
    }),
    arguments: field(dynamicJson().default('{}'), {
      label: text('Arguments', 'Argumentos'),
      help: text('A JSON object, as the tool takes it.', 'Um objeto JSON, como a ferramenta recebe.'),
      control: 'json',
      placeholder: '={{ { city: $json.city } }}',
    }),
    concurrency: field(z.int().min(1).max(50).default(5), {
      label: text('Calls at a time', 'Chamadas ao mesmo tempo'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
export type McpToolParameters = z.output<typeof mcpToolNode.parameters>;
