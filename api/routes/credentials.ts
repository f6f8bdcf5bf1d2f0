/** Credentials: what they are for and what in them is no secret. No answer ever holds a secret; testing and connecting are in their own files. */
import { z } from 'zod';
import {
  createCredential,
  credential,
  credentialList,
  deleteCredential,
  updateCredential,
} from '../../contracts/api/credentials.ts';
import { credentialFields, credentialTypes, secretFields } from '../../contracts/credentials/index.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { StoredCredential } from '../../db/index.ts';
import { mayDo } from '../access/authorize.ts';
import { visibleTo } from '../access/visible-to.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import { checkDestination } from '../credentials/check-destination.ts';
import { grantsOf, showCredential } from '../credentials/show.ts';
import { checkValues } from '../credentials/values.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute, sharedBy } from '../route.ts';

const tag = 'credentials';
const params = z.object({ id: z.string() });
const resource = sharedBy('credential', 'id');

const text = z.object({ en: z.string(), pt: z.string() });
const credentialType = z.object({
  type: z.string(),
  icon: z.string(),
  label: text,
  description: text,
  /** What a form shows, in order. */
  fields: z.array(z.record(z.string(), z.unknown())),
  secrets: z.array(z.string()),
  /** Node types that take it. */
  nodes: z.array(z.string()),
});

export const types = defineRoute({
  method: 'get',
  path: '/credential-types',
  summary: 'Every kind of credential, with its fields',
  tag,
  auth: 'catalogue.view',
  responses: { 200: z.object({ types: z.array(credentialType) }) },
  handler: () => ({
    status: 200,
    body: {
      types: credentialTypes.map((entry) => ({
        ...{ type: entry.type, icon: entry.icon, label: entry.label, description: entry.description },
        fields: credentialFields(entry).map((field) => ({ ...field })),
        secrets: secretFields(entry),
        nodes: [...entry.nodes],
      })),
    },
  }),
});

export const list = defineRoute({
  method: 'get',
  path: '/credentials',
  summary: 'List the credentials you may use',
  description: 'All of them by role, else those that are shared with you. Never a secret.',
  tag,
  auth: 'credential.list',
  responses: { 200: credentialList },
  handler: async ({ principal }, { db }) => {
    const items = await db.inWorkspace(principal.workspace, async (repositories) => {
      const visible = visibleTo(principal, 'credential.view');
      if (visible === 'none') return [];
      const levels = await grantsOf(principal, repositories);
      const all = await repositories.credentials.list();
      const shown = visible === 'all' ? all : all.filter(({ id }) => levels.has(id));
      return shown.map((stored) => showCredential(principal, stored, levels.get(stored.id)));
    });
    return { status: 200, body: { items } };
  },
});

export const create = defineRoute({
  method: 'post',
  path: '/credentials',
  summary: 'Add a credential',
  description: 'Whoever adds it may manage it; others see it when it is shared with them.',
  tag,
  auth: 'credential.create',
  body: createCredential,
  responses: { 201: credential },
  handler: async ({ principal, body: { name, type, values }, note }, { db }) => {
    const { fields, secrets } = checkValues(type, values);
    const saved = await db.inWorkspace(principal.workspace, ({ credentials }) =>
      credentials.create({ name, type, fields, secrets, createdBy: principal.user }),
    );
    if (saved.kind !== 'saved') throw new ApiProblem('name-taken', { name });
    note(noteOf('after', saved.credential));
    return { status: 201, body: showCredential(principal, saved.credential, 'manage') };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/credentials/:id',
  summary: 'One credential',
  description: '`secrets` names the secret fields that are filled; their values are never shown again.',
  tag,
  auth: 'credential.view',
  resource,
  params,
  responses: { 200: credential },
  handler: async ({ principal, params: { id } }, { db }) => {
    const found = await db.inWorkspace(principal.workspace, ({ credentials }) => credentials.get(id));
    if (!found) throw notFound('credential');
    return { status: 200, body: await shown(db, principal, found) };
  },
});

export const update = defineRoute({
  method: 'patch',
  path: '/credentials/:id',
  summary: 'Change a credential',
  description:
    'A value that is left out stays as it is, a secret too; null empties it. Where secrets go (addresses, ports, TLS) changes only together with the secrets.',
  tag,
  auth: 'credential.edit',
  resource,
  params,
  body: updateCredential,
  responses: { 200: credential },
  handler: async ({ principal, params: { id }, body, note }, { db }) => {
    const { before, after } = await change(db, principal.workspace, id, body);
    note({ ...noteOf('before', before), ...noteOf('after', after, Object.keys(body.values ?? {})) });
    return { status: 200, body: await shown(db, principal, after) };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/credentials/:id',
  summary: 'Delete a credential',
  description: 'Refused while published automations use it, unless `force` is true.',
  tag,
  auth: 'credential.delete',
  resource,
  params,
  query: deleteCredential,
  responses: { 204: null },
  handler: async ({ principal, params: { id }, query: { force }, note }, { db }) => {
    const { users, removed } = await db.inWorkspace(principal.workspace, async ({ credentials }) => {
      const usedBy = force ? [] : await credentials.usedBy(id);
      return { users: usedBy, removed: usedBy.length > 0 ? undefined : await credentials.remove(id) };
    });
    if (users.length > 0) {
      const shown = await Promise.all(users.map((automation) => nameFor(principal, automation, db)));
      const errors = users.map((automation, index) => ({ message: shown[index]!, code: automation.id }));
      const names = shown.map((name) => `"${name}"`).join(', ');
      throw new ApiProblem('credential-in-use', { automations: names }, { errors });
    }
    if (!removed) throw notFound('credential');
    note(noteOf('before', removed));
    return { status: 204 };
  },
});

/** Of an automation that the asker may not view, its id: enough to ask somebody about it. */
async function nameFor(
  principal: WorkspacePrincipal,
  { id, name }: { id: string; name: string },
  db: ApiDeps['db'],
): Promise<string> {
  return (await mayDo(principal, 'automation.view', () => ({ type: 'automation', id }), { db })) ? name : id;
}

/** Fields that decide whose tokens they are: with another value the old tokens are worth nothing. */
const identity = ['grant', 'authorizationUrl', 'tokenUrl', 'clientId', 'scope'];

/** Reads, changes and saves; again when a token refresh or another edit was quicker. */
async function change(
  db: ApiDeps['db'],
  workspace: string,
  id: string,
  { name, values = {} }: z.output<typeof updateCredential>,
): Promise<{ before: StoredCredential; after: StoredCredential }> {
  for (;;) {
    const [before, opened] = await db.inWorkspace(workspace, ({ credentials }) =>
      Promise.all([credentials.get(id), credentials.open(id)]),
    );
    if (!before || !opened) throw notFound('credential');
    const checked = checkValues(opened.type, values, { ...opened.fields, ...opened.secrets });
    checkDestination(opened, values);
    const stays = identity.every((field) => checked.fields[field] === opened.fields[field]);
    const saved = await db.inWorkspace(workspace, ({ credentials }) =>
      credentials.save({
        ...{ id, name: name ?? opened.name, revision: opened.revision },
        ...{ fields: checked.fields, secrets: checked.secrets, tokens: stays ? opened.tokens : undefined },
      }),
    );
    if (saved.kind === 'name-taken') throw new ApiProblem('name-taken', { name: name ?? opened.name });
    if (saved.kind === 'saved') return { before, after: saved.credential };
  }
}

async function shown(db: ApiDeps['db'], principal: WorkspacePrincipal, stored: StoredCredential) {
  const levels = await db.inWorkspace(principal.workspace, (repositories) =>
    grantsOf(principal, repositories),
  );
  return showCredential(principal, stored, levels.get(stored.id));
}

/** For the audit log: which secrets there are and which were changed, never what they are. */
function noteOf(
  when: 'before' | 'after',
  { id, name, type, fields, secrets }: StoredCredential,
  changed?: string[],
) {
  const facts: JsonObject = { name, type, fields, filled: secrets, ...(changed && { changed }) };
  return { resource: { type: 'credential', id, name }, [when]: facts };
}
