/**
 * Makes what the paths of the document name, in a workspace or for a person. An operation whose path names something that no maker
 * makes fails the matrix: a new route comes with a line here. Over 300 lines: one entry for each kind of thing that a path names.
 */
import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import { graphOf, manual, node } from '../../api/testing/graphs.ts';
import type { TestApi } from '../../api/testing/test-api.ts';
import { type ResourceType, roles } from '../../contracts/access/roles.ts';
import { agentWorkflowIdOf } from '../../contracts/agents/run.ts';
import type { FilePurpose, FileVisibility } from '../../contracts/files.ts';
import { knowledgeSettings } from '../../contracts/knowledge/knowledge-base.ts';
import { approvalIdOf, type SharedResource, type StoredFile } from '../../db/index.ts';
import { runEvents, runHeader } from '../../db/testing/fixtures.ts';
import { createFiles, mediaKey } from '../../storage/index.ts';
import { addKey, addPerson, openSession, type Person, type Tenant } from './tenants.ts';

export interface Made {
  id: string;
  /** What a grant would be on, for whom the role does not suffice. */
  shared?: SharedResource;
}

export interface Maker {
  /** Belongs to a person rather than to the workspace. */
  personal?: true;
  /** The caller chooses it, so that there is no absent one: writing makes it. */
  chosen?: true;
  /** @param parents ids of the parameters before it */
  make(api: TestApi, who: { tenant: Tenant; person: Person }, parents: readonly string[]): Promise<Made>;
  /** Has the form of an id, and is nobody's. Left out: a ULID. */
  absent?: string;
}

/** A request by the owner of the tenant, which has to succeed. */
async function byOwner(api: TestApi, tenant: Tenant, method: string, path: string, body?: unknown) {
  const answer = await api.call(method, `/api/v1${path}`, body, { cookie: tenant.owner.cookie });
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function automation(api: TestApi, tenant: Tenant): Promise<string> {
  const { id } = await byOwner(api, tenant, 'POST', '/automations', { name: tenant.name, draft: manual() });
  await byOwner(api, tenant, 'POST', `/automations/${id}/publish`);
  return id;
}

async function table(api: TestApi, tenant: Tenant): Promise<string> {
  const body = { name: ulid(), columns: [{ name: 'name', type: 'text' }] };
  return (await byOwner(api, tenant, 'POST', '/tables', body)).id;
}

export async function recordRun(api: TestApi, tenant: Tenant, automationId: string): Promise<string> {
  const header = runHeader(tenant.id, { automation: automationId, startedAt: Date.now() });
  // Without its end: the run can be cancelled.
  api.writer.record(header, runEvents(header.startedAt, ['manual-trigger']).slice(0, -1));
  await api.writer.flush();
  return header.run;
}

async function begunUpload(
  api: TestApi,
  tenant: Tenant,
  purpose: FilePurpose,
  visibility: FileVisibility,
): Promise<StoredFile> {
  const file = await api.db.inWorkspace(tenant.id, ({ files }) =>
    files.create({
      ...{ name: `of ${tenant.name}.png`, type: 'image/png', bytes: 4, purpose, visibility },
      ...{ createdBy: tenant.owner.user, sweepIn: 3_600, limit: 0 },
    }),
  );
  if (!file) throw new Error('The file does not fit.');
  return file;
}

/** A public picture, which everybody may see. Past the API: it would be checked. */
async function uploadedFile(api: TestApi, tenant: Tenant): Promise<StoredFile> {
  const { id } = await begunUpload(api, tenant, 'avatar', 'public');
  const object = mediaKey(tenant.id, `${createHash('sha256').update(id).digest('hex')}.png`);
  await api.objects.store.put(object, Buffer.from(`of ${tenant.name}`));
  const settled = await api.db.inWorkspace(tenant.id, async ({ files }) => {
    await files.claim(id, 60);
    return files.settle(id, { type: 'image/png', sha256: id, object, thumbnail: object }, undefined);
  });
  if (!settled) throw new Error('The file was not settled.');
  return settled.file;
}

/** Rows made so far. */
let rows = 0;

/** A conversation that everybody in the workspace may read and write. */
export async function openConversation(
  api: TestApi,
  tenant: Tenant,
  owner = `user:${tenant.owner.user}`,
): Promise<string> {
  return api.db.inWorkspace(tenant.id, ({ chat }) =>
    chat.conversations.create({ owner, with: { kind: 'agent', id: ulid() }, visibility: 'workspace' }),
  );
}

async function answerIn(
  api: TestApi,
  { id }: Tenant,
  { user }: Person,
  conversation: string,
): Promise<string> {
  const answer = ulid();
  await api.db.inWorkspace(id, ({ chat }) =>
    chat.messages.addTurn({
      ...{ conversation, question: ulid(), answer, author: { person: `user:${user}`, name: 'Ana' } },
      ...{ parts: [{ type: 'text', text: 'Hello' }], parent: undefined },
      answerer: { kind: 'agent', agent: 'a', version: 'v' },
    }),
  );
  return answer;
}

async function shareLink(api: TestApi, tenant: Tenant, person: Person, conversation: string) {
  const leaf = await answerIn(api, tenant, person, conversation);
  const link = await api.db.inWorkspace(tenant.id, ({ chat }) =>
    chat.shareLinks.create({ conversation, leaf, tokenHash: ulid(), createdBy: `user:${person.user}` }),
  );
  return link;
}

function grantOn(type: ResourceType, collection: string): Maker {
  return {
    make: async (api, { tenant }, [id = '']) => ({
      id: (
        await byOwner(api, tenant, 'PUT', `${collection}/${id}/grants`, {
          grantee: { type: 'user', id: tenant.owner.user },
          level: 'use',
        })
      ).id,
      shared: { type, id },
    }),
  };
}

export const makers: Readonly<Record<string, Maker>> = {
  '/automations/{}': {
    make: async (api, { tenant }) => {
      const id = await automation(api, tenant);
      return { id, shared: { type: 'automation', id } };
    },
  },
  '/automations/{}/versions/{}': {
    make: async (api, { tenant }, [id = '']) => ({
      id: (await byOwner(api, tenant, 'GET', `/automations/${id}/versions`)).items[0].id,
      shared: { type: 'automation', id },
    }),
  },
  '/automations/{}/grants/{}': grantOn('automation', '/automations'),
  '/automations/{}/deliveries/{}': {
    make: async (api, { tenant }, [automation = '']) => {
      const id = ulid();
      await api.db.inWorkspace(tenant.id, ({ webhookDeliveries }) =>
        webhookDeliveries.add({
          ...{ id, automation, node: 'manual-trigger', method: 'POST', path: 'orders', status: 202 },
          ...{ repeated: false, item: { body: { of: tenant.name } } },
        }),
      );
      return { id, shared: { type: 'automation', id: automation } };
    },
  },
  '/automations/{}/schedules/{}': {
    absent: 'no-such-node',
    make: async (api, { tenant }, [id = '']) => {
      // Past the API: Temporal is not there to take the schedule. A name of its own, as for columns below.
      const trigger = ulid();
      const graph = graphOf(node('schedule-trigger', {}, trigger));
      await api.db.inWorkspace(tenant.id, ({ automations }) =>
        automations.publish(id, { graph, webhooks: [] }),
      );
      return { id: trigger, shared: { type: 'automation', id } };
    },
  },
  '/knowledge-bases/{}': {
    make: async (api, { tenant }) => {
      const { id } = await api.db.inWorkspace(tenant.id, ({ knowledge }) =>
        knowledge.bases.create({
          ...{ name: tenant.name, description: '' },
          ...knowledgeSettings.parse({}),
        }),
      );
      return { id, shared: { type: 'knowledge', id } };
    },
  },
  '/knowledge-bases/{}/documents/{}': {
    make: async (api, { tenant }, [base = '']) => {
      const document = await api.db.inWorkspace(tenant.id, ({ knowledge }) =>
        knowledge.documents.create({ base, name: `of ${tenant.name}`, source: { kind: 'text' } }),
      );
      return { id: document?.id ?? '' };
    },
  },
  '/knowledge-bases/{}/grants/{}': grantOn('knowledge', '/knowledge-bases'),
  '/agents/{}': {
    make: async (api, { tenant }) => {
      const { id } = await byOwner(api, tenant, 'POST', '/agents', { name: tenant.name });
      await byOwner(api, tenant, 'POST', `/agents/${id}/publish`);
      return { id, shared: { type: 'agent', id } };
    },
  },
  '/agents/{}/versions/{}': {
    make: async (api, { tenant }, [id = '']) => ({
      id: (await byOwner(api, tenant, 'GET', `/agents/${id}/versions`)).items[0].id,
      shared: { type: 'agent', id },
    }),
  },
  '/agent-runs/{}': {
    // Past the API: Temporal is not there to take the run.
    make: async (api, { tenant }) => {
      const { id } = await byOwner(api, tenant, 'POST', '/agents', { name: tenant.name });
      const run = ulid();
      await api.db.inWorkspace(tenant.id, ({ agentRuns }) =>
        agentRuns.begin({
          ...{ run, agent: { id, name: tenant.name }, version: { id: '', number: 0 }, trigger: 'api' },
          workflowId: agentWorkflowIdOf({ workspace: tenant.id, agent: id, run }),
        }),
      );
      return { id: run, shared: { type: 'agent', id } };
    },
  },
  '/agents/{}/grants/{}': grantOn('agent', '/agents'),
  '/automations/{}/test-listeners/{}': {
    absent: 'no-such-node',
    make: async (api, { tenant }, [id = '']) => {
      const trigger = ulid();
      const path = trigger.toLowerCase();
      await api.db.inWorkspace(tenant.id, async ({ automations, testListeners }) => {
        await automations.update(id, { draft: graphOf(node('webhook-trigger', { path }, trigger)) });
        await testListeners.listen({
          ...{ automation: id, node: trigger, run: ulid(), minutes: 10 },
          ...{ kind: 'webhook', method: 'POST', path },
        });
      });
      return { id: trigger, shared: { type: 'automation', id } };
    },
  },
  '/files/{}': { make: async (api, { tenant }) => ({ id: (await uploadedFile(api, tenant)).id }) },
  '/files/uploads/{}': {
    // For the workspace, so that each who may upload may go on with it.
    make: (api, { tenant }) => begunUpload(api, tenant, 'file', 'private'),
  },
  '/conversations/{}': {
    personal: true,
    make: async (api, { tenant, person }) => ({
      id: await openConversation(api, tenant, `user:${person.user}`),
    }),
  },
  '/conversations/{}/messages/{}': {
    personal: true,
    make: async (api, { tenant, person }, [conversation = '']) => ({
      id: await answerIn(api, tenant, person, conversation),
    }),
  },
  '/conversations/{}/share-links/{}': {
    personal: true,
    make: async (api, { tenant, person }, [conversation = '']) => ({
      id: (await shareLink(api, tenant, person, conversation)).id,
    }),
  },
  '/bulk-jobs/{}': {
    // Past the API, as above.
    make: (api, { tenant }) =>
      api.db.inWorkspace(tenant.id, ({ bulkJobs }) =>
        bulkJobs.create({
          action: 'cancel',
          filter: {},
          options: { from: 'failure', version: 'same' },
          total: 0,
        }),
      ),
  },
  '/model-providers/{}': {
    make: async (api, { tenant }) => {
      // An address that nothing listens at, and that the guard refuses: tests call nobody.
      const values = { baseUrl: 'http://127.0.0.1:9/v1', apiKey: `key of ${tenant.name}` };
      const { id } = await byOwner(api, tenant, 'POST', '/credentials', {
        name: ulid(),
        type: 'llm',
        values,
      });
      return byOwner(api, tenant, 'POST', '/model-providers', {
        name: ulid(),
        kind: 'openai',
        credential: id,
      });
    },
  },
  '/mcp-servers/{}': {
    make: (api, { tenant }) =>
      byOwner(api, tenant, 'POST', '/mcp-servers', {
        name: ulid(),
        // The guard refuses it: tests call nobody.
        transport: { kind: 'http', url: 'http://127.0.0.1:9/mcp' },
      }),
  },
  '/model-chains/{}': {
    make: (api, { tenant }) =>
      byOwner(api, tenant, 'POST', '/model-chains', {
        name: ulid(),
        entries: [{ provider: 'sandbox', model: 'sandbox' }],
      }),
  },
  '/model-budgets/{}': {
    make: (api, { tenant }) =>
      byOwner(api, tenant, 'POST', '/model-budgets', {
        ...{ scope: 'workspace', unit: 'tokens', limit: 1_000, period: 'day' },
      }),
  },
  '/runs/{}': {
    make: async (api, { tenant }) => {
      const id = await automation(api, tenant);
      return { id: await recordRun(api, tenant, id), shared: { type: 'automation', id } };
    },
  },
  '/runs/{}/files/{}': {
    make: async (api, { tenant }, [run = '']) => {
      const id = ulid();
      const files = createFiles({
        store: api.objects.store,
        ...{ workspace: tenant.id, run },
        maxBytes: 100,
        idOf: () => id,
      });
      await files.save(Buffer.from(`file of ${tenant.name}`), { fileName: 'a.txt', mimeType: 'text/plain' });
      return { id };
    },
  },
  '/runs/{}/steps/{}': {
    absent: 'no-such-node',
    // Past the API: a step of a node of its own.
    make: async (api, { tenant }, [run = '']) => {
      const id = ulid();
      await api.db.sql.query(
        `insert into steps (run, node, index, workspace, state, seq, last_seq, started_at, attempts, outputs)
         values ($1, $2, 0, $3, 'succeeded', 900, 901, now(), 1, $4)`,
        [run, id, tenant.id, JSON.stringify({ main: [{ json: { of: tenant.name } }] })],
      );
      return { id };
    },
  },
  '/runs/{}/signals/{}': {
    chosen: true,
    make: async () => ({ id: 'paid' }),
  },
  '/approvals/{}': {
    make: async (api, { tenant }) => {
      const id = await automation(api, tenant);
      const run = await recordRun(api, tenant, id);
      const step = {
        workspace: tenant.id,
        automation: { id, name: tenant.name },
        ...{ run, node: 'ask', nodeName: 'Ask', index: 0 },
      };
      const question = {
        ...{ title: `Question of ${tenant.name}`, text: '', fields: [], items: [], approvers: [] },
        ...{ needed: 1, rejections: 1, comment: 'optional' as const, mail: false },
      };
      // Everybody is asked: who may act at all is what the matrix is about.
      const keys = roles.map((role) => `role:${role}`);
      await api.db.inWorkspace(tenant.id, ({ approvals }) =>
        approvals.open(step, question, keys, Date.now()),
      );
      return { id: approvalIdOf(step), shared: { type: 'automation', id } };
    },
  },
  '/credentials/{}': {
    make: async (api, { tenant }) => {
      const body = { name: ulid(), type: 'bearer', values: { token: `secret of ${tenant.name}` } };
      const { id } = await byOwner(api, tenant, 'POST', '/credentials', body);
      return { id, shared: { type: 'credential', id } };
    },
  },
  '/credentials/{}/grants/{}': grantOn('credential', '/credentials'),
  '/variables/{}': {
    chosen: true,
    absent: 'NOBODYS',
    make: async (api, { tenant }) => {
      const id = `V_${ulid()}`;
      await byOwner(api, tenant, 'PUT', `/variables/${id}`, { value: `value of ${tenant.name}` });
      return { id };
    },
  },
  '/tables/{}': { make: async (api, { tenant }) => ({ id: await table(api, tenant) }) },
  '/tables/{}/columns/{}': {
    absent: 'nobodys',
    make: async (api, { tenant }, [table = '']) => {
      // A name of its own: columns of two tables may well have the same.
      const id = ulid();
      await byOwner(api, tenant, 'POST', `/tables/${table}/columns`, { name: id });
      return { id };
    },
  },
  '/tables/{}/rows/{}': {
    absent: '999999999',
    make: async (api, { tenant }, [id = '']) => {
      // Every table counts its rows from 1: a number of its own, so that none is in two tables.
      await api.db.sql.query('update data_tables set next_row = $2 where id = $1', [id, ++rows]);
      const { items } = await byOwner(api, tenant, 'POST', `/tables/${id}/rows`, {
        rows: [{ name: tenant.name }],
      });
      return { id: String(items[0].id) };
    },
  },
  '/stored-keys/{}': {
    chosen: true,
    absent: 'nobodys',
    make: async (api, { tenant }) => {
      const id = `key-${ulid()}`;
      await byOwner(api, tenant, 'PUT', `/stored-keys/${id}`, { value: tenant.name });
      return { id };
    },
  },
  '/events/{}': {
    make: async (api, { tenant }) => ({
      id: (await byOwner(api, tenant, 'POST', '/events', { name: 'order.paid', data: { of: tenant.name } }))
        .id,
    }),
  },
  '/keys/{}': {
    make: async (api, { tenant }) => ({ id: (await addKey(api, tenant, { role: 'viewer' })).id }),
  },
  '/groups/{}': {
    make: async (api, { tenant }) => ({
      id: (await byOwner(api, tenant, 'POST', '/groups', { name: ulid() })).id,
    }),
  },
  '/invitations/{}': {
    make: async (api, { tenant }) => ({
      id: (await byOwner(api, tenant, 'POST', '/invitations', { role: 'viewer' })).id,
    }),
  },
  '/members/{}': { make: async (api, { tenant }) => ({ id: (await addPerson(api, tenant)).user }) },
  '/account/keys/{}': {
    personal: true,
    make: async (api, { tenant, person }) => ({
      id: (await addKey(api, tenant, { role: 'viewer', user: person.user })).id,
    }),
  },
  '/account/sessions/{}': {
    personal: true,
    make: async (api, { tenant, person }) => ({
      id: (await openSession(api, person.user, tenant.id)).session,
    }),
  },
  /** To leave: one that the person is in, beside the one they look at. */
  '/account/workspaces/{}': {
    personal: true,
    make: async (api, { person }) => {
      const { id } = await api.db.asSystem(({ workspaces }) =>
        workspaces.create({ name: ulid(), owner: person.user }),
      );
      await api.db.sql.query(`update memberships set role = 'viewer' where workspace = $1`, [id]);
      return { id };
    },
  },
  /** To restore: one that the person owns and has deleted. */
  '/workspaces/{}': {
    personal: true,
    make: async (api, { person }) => {
      const name = ulid();
      const { id } = await api.db.asSystem(({ workspaces }) =>
        workspaces.create({ name, owner: person.user }),
      );
      await api.db.asSystem(({ workspaces }) => workspaces.remove(id, name));
      return { id };
    },
  },
};

/** Ids of the parameters of a path, in order, and what of it can be shared. */
export interface Target {
  ids: string[];
  shared?: SharedResource | undefined;
}

/**
 * Everything a path names, from its start. @param kind `/automations/{}/versions/{}`
 * @throws Error when there is no maker
 */
export async function makeTarget(
  api: TestApi,
  who: { tenant: Tenant; person: Person },
  kind: string,
): Promise<Target> {
  const parts = kind.split('{}').slice(0, -1);
  const target: Target = { ids: [] };
  let path = '';
  for (const part of parts) {
    path += `${part}{}`;
    const maker = makers[path];
    if (!maker) throw new Error(`Nothing makes ${path}: add it to tests/access/makers.ts.`);
    const { id, shared } = await maker.make(api, who, target.ids);
    target.ids.push(id);
    target.shared = shared ?? target.shared;
  }
  return target;
}
