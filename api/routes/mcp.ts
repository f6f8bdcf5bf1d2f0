/** Hiviex as a server of the Model Context Protocol: streamable HTTP. docs/mcp.md. */
import { mcpMessages, mcpRefusal } from '../../contracts/api/mcp.ts';
import { refuseForeignPage } from '../mcp/refuse-foreign-page.ts';
import { defineRoute } from '../route.ts';

const tag = 'mcp';
const path = '/mcp';

export const talk = defineRoute({
  method: 'post',
  base: '',
  path,
  summary: 'The Model Context Protocol: automations and agents as tools',
  description:
    'JSON-RPC 2.0 over streamable HTTP; the protocol is at modelcontextprotocol.io. Tools are what is published of automations with the trigger “When called” and of agents, as far as the key may use them.',
  tag,
  auth: 'gateway.use',
  limit: 'run',
  audit: 'by-minute',
  headers: {
    'Mcp-Session-Id': 'As `initialize` gave it: needed to cancel a call.',
    'Mcp-Protocol-Version': 'Of the protocol that both sides agreed on.',
  },
  body: mcpMessages,
  responses: { 200: 'text/event-stream', 202: null, 400: mcpRefusal, 406: mcpRefusal, 415: mcpRefusal },
  handler: async ({ principal, body, request, note }, deps) => {
    refuseForeignPage(request, deps.config);
    note({ resource: { type: 'mcp', id: nameOf(body) } });
    // Loaded with the first request: the protocol's own server takes 5 MB, and most processes are never asked.
    const { answerMcp } = await import('../mcp/answer-mcp.ts');
    return await answerMcp(request, body, principal, deps);
  },
});

const noStream =
  'Nothing is told but in answer to a request: clients learn so by 405, as the protocol has it.';

export const listen = defineRoute({
  method: 'get',
  base: '',
  path,
  summary: 'There is no stream of its own',
  description: noStream,
  tag,
  auth: 'gateway.use',
  responses: { 405: null },
  handler: () => ({ status: 405, headers: { allow: 'POST' } }),
});

export const leave = defineRoute({
  method: 'delete',
  base: '',
  path,
  summary: 'There is no session to end',
  description: noStream,
  tag,
  auth: 'gateway.use',
  audit: false,
  responses: { 405: null },
  handler: () => ({ status: 405, headers: { allow: 'POST' } }),
});

/** For the audit log: the tool that is called, else the method. */
function nameOf(body: unknown): string {
  const [first] = Array.isArray(body) ? body : [body];
  const { method, params } = first as { method?: unknown; params?: { name?: unknown } };
  return String((method === 'tools/call' && params?.name) || method || 'answer').slice(0, 64);
}
