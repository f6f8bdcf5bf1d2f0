/** What a valid body needs beyond its schema: names typed again, ids of what is there, secrets that are right. */
import { ulid } from 'ulid';
import type { TestApi } from '../../api/testing/test-api.ts';
import { addPerson, type Person, password, type Tenant } from './tenants.ts';

type Body = Record<string, unknown>;
type BodyMaker = (who: { tenant: Tenant; person: Person; api: TestApi }) => Body | Promise<Body>;

async function modelKey(api: TestApi, tenant: Tenant): Promise<string> {
  const saved = await api.db.inWorkspace(tenant.id, ({ credentials }) =>
    credentials.create({
      ...{ name: ulid(), type: 'llm', fields: { baseUrl: 'http://127.0.0.1:9/v1', allowedHosts: '' } },
      secrets: { apiKey: 'a-key-of-the-matrix' },
    }),
  );
  if (saved.kind !== 'saved') throw new Error(saved.kind);
  return saved.credential.id;
}

const everyone = () => ({ grantee: { type: 'everyone' }, level: 'use' });
const bearer = { type: 'bearer', values: { token: 'a-token-of-the-matrix' } };

const mcpAtNobody = {
  transport: { kind: 'http', url: 'http://127.0.0.1:9/mcp' },
  auth: { kind: 'none' },
};

/** Merged over the sample of the schema. */
export const bodies: Readonly<Record<string, BodyMaker>> = {
  'DELETE /api/v1/workspace': ({ tenant }) => ({ name: tenant.name }),
  'POST /api/v1/workspace/transfer': async ({ api, tenant }) => ({
    user: (await addPerson(api, tenant)).user,
  }),
  'POST /api/v1/account/workspace': ({ tenant }) => ({ workspace: tenant.id }),
  'PATCH /api/v1/members/{user}': () => ({ role: 'viewer' }),
  'POST /api/v1/invitations': () => ({ role: 'viewer' }),
  'POST /api/v1/keys': () => ({ role: 'viewer' }),
  'PUT /api/v1/automations/{id}/grants': everyone,
  'PUT /api/v1/agents/{id}/grants': everyone,
  'PUT /api/v1/credentials/{id}/grants': everyone,
  'PUT /api/v1/knowledge-bases/{id}/grants': everyone,
  'POST /api/v1/knowledge-bases/{id}/documents': () => ({ kind: 'text', name: 'a', text: 'Hello' }),
  'PATCH /api/v1/knowledge-bases/{id}/documents/{document}': () => ({ name: 'Another', text: undefined }),
  'POST /api/v1/agents/http-tools': () => ({ document: '{"openapi":"3.1.0","paths":{}}', url: undefined }),
  'PUT /api/v1/account/password': () => ({ current: password, password: `${password} ${ulid()}` }),
  'POST /api/v1/account/second-factor': () => ({ password }),
  'POST /api/v1/account/second-factor/recovery-codes': () => ({ password }),
  'DELETE /api/v1/account/second-factor': () => ({ password }),
  'POST /api/v1/files/uploads': () => ({ name: 'a.txt', type: 'text/plain', bytes: 4, purpose: 'file' }),
  'PATCH /api/v1/conversations/{id}': () => ({ title: 'Another', visibility: undefined, leaf: undefined }),
  'POST /api/v1/conversations/{id}/messages': () => ({
    text: 'Hello',
    files: [],
    parent: undefined,
    id: undefined,
  }),
  'POST /api/v1/knowledge-bases/{id}/search': () => ({ query: 'Hello', filter: undefined }),
  'POST /api/v1/events': () => ({ name: 'matrix.tried', data: {} }),
  'POST /api/v1/automations/{id}/schedules/{node}/backfill': () => ({
    from: '2026-01-01T00:00:00Z',
    // One tick: every caller who may starts a run for each.
    to: '2026-01-01T00:01:00Z',
  }),
  'POST /api/v1/mcp-servers': () => ({ name: ulid(), ...mcpAtNobody }),
  'PATCH /api/v1/mcp-servers/{server}': () => ({ name: ulid(), ...mcpAtNobody }),
  'POST /api/v1/mcp-servers/{server}/review': () => ({ approve: [], revoke: [] }),
  'POST /api/v1/model-providers': async ({ api, tenant }) => ({
    ...{ name: ulid(), kind: 'openai', credential: await modelKey(api, tenant) },
  }),
  'POST /api/v1/model-chains': () => ({ name: ulid(), entries: [{ provider: 'sandbox', model: 'sandbox' }] }),
  'POST /v1/chat/completions': () => ({
    ...{ model: 'sandbox/sandbox', messages: [{ role: 'user', content: 'Hello' }] },
    ...{ n: undefined, logprobs: undefined, parallel_tool_calls: undefined, response_format: undefined },
    ...{ stream: false, stream_options: undefined, tools: undefined, tool_choice: undefined },
  }),
  'POST /mcp': () => ({ jsonrpc: '2.0', id: 1, method: 'ping' }),
  'POST /v1/embeddings': () => ({
    model: 'sandbox/sandbox-embedding',
    input: 'Hello',
    dimensions: undefined,
  }),
  'POST /api/v1/credentials': () => ({ name: ulid(), ...bearer }),
  'POST /api/v1/credentials/test': () => bearer,
};
