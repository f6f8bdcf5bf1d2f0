/** API keys: the workspace's, for who manages them, and everybody's own. What a key may is decided when it is used. */
import { z } from 'zod';
import { roles } from '../../contracts/access/roles.ts';
import {
  type ApiKey,
  apiKeyList,
  createdApiKey,
  createPersonalKey,
  createServiceKey,
} from '../../contracts/api/keys.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { ApiKeyRecord, NewApiKey } from '../../db/index.ts';
import { newApiKey } from '../auth/api-key.ts';
import { isInWorkspace, type SessionPrincipal, type WorkspacePrincipal } from '../auth/principal.ts';
import { hashToken } from '../auth/secrets.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'keys';
const params = z.object({ id: z.string() });
const day = 24 * 3_600_000;

export const list = defineRoute({
  method: 'get',
  path: '/keys',
  summary: 'List the API keys of the workspace',
  description:
    'Of service accounts and of all members; never the keys themselves. A service account outlives the membership of who made it: `createdBy` has no name then.',
  tag,
  auth: 'key.view',
  responses: { 200: apiKeyList },
  handler: async ({ principal }, { db }) => {
    const found = await db.inWorkspace(principal.workspace, ({ apiKeys }) => apiKeys.list());
    return { status: 200, body: { items: found.map(toApiKey) } };
  },
});

export const create = defineRoute({
  method: 'post',
  path: '/keys',
  summary: 'Make a service account and its API key',
  description:
    'The answer is the only place where the key ever appears. It may not do more than who makes it: neither by role, nor, when that is a key itself, by scopes or time.',
  tag,
  auth: 'key.manage',
  audit: 'key.create',
  body: createServiceKey,
  responses: { 201: createdApiKey },
  handler: async ({ principal, body: { expiresInDays, ...input }, note }, { db }) => {
    if (roles.indexOf(input.role) < roles.indexOf(principal.role)) throw new ApiProblem('forbidden');
    const limits = await limitsOf(principal, { ...input, expiresAt: afterDays(expiresInDays) }, db);
    const by = principal.by === 'session' ? principal.user : principal.key;
    const made = await make(db, principal.workspace, {
      ...input,
      ...limits,
      createdBy: by,
      creatorName: principal.name,
      kind: 'service',
    });
    note(noteOf('after', made));
    return { status: 201, body: made };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/keys/:id',
  summary: 'Delete an API key of the workspace',
  description: 'It stops working at once, and what it holds open is closed.',
  tag,
  auth: 'key.manage',
  audit: 'key.delete',
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { id }, note }, deps) => {
    note(noteOf('before', await end(deps, principal.workspace, id)));
    return { status: 204 };
  },
});

export const listOwn = defineRoute({
  method: 'get',
  path: '/account/keys',
  summary: 'List your own API keys for the active workspace',
  tag,
  auth: 'user',
  responses: { 200: apiKeyList },
  handler: async ({ principal }, { db }) => {
    const { workspace, user } = here(principal);
    const found = await db.inWorkspace(workspace, ({ apiKeys }) => apiKeys.list(user));
    return { status: 200, body: { items: found.map(toApiKey) } };
  },
});

export const createOwn = defineRoute({
  method: 'post',
  path: '/account/keys',
  summary: 'Make an API key that acts for you in the active workspace',
  description:
    'With the role that you have whenever it is used, and no more. The answer is the only place where the key ever appears.',
  tag,
  auth: 'user',
  audit: 'key.create',
  body: createPersonalKey,
  responses: { 201: createdApiKey },
  handler: async ({ principal, body: { expiresInDays, ...input }, note }, { db }) => {
    const { workspace, user, role } = here(principal);
    const expiresAt = afterDays(expiresInDays);
    const made = await make(db, workspace, {
      ...input,
      expiresAt,
      user,
      role,
      createdBy: user,
      kind: 'personal',
      userName: principal.name,
    });
    note(noteOf('after', made));
    return { status: 201, body: made };
  },
});

export const removeOwn = defineRoute({
  method: 'delete',
  path: '/account/keys/:id',
  summary: 'Delete one of your own API keys',
  tag,
  auth: 'user',
  audit: 'key.delete',
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { id }, note }, deps) => {
    const { workspace, user } = here(principal);
    note(noteOf('before', await end(deps, workspace, id, user)));
    return { status: 204 };
  },
});

/** @throws ApiProblem `no-workspace`: a key belongs to one */
function here(principal: SessionPrincipal): SessionPrincipal & WorkspacePrincipal {
  if (!isInWorkspace(principal)) throw new ApiProblem('no-workspace');
  return principal;
}

/**
 * A key that makes keys hands on what it has at most.
 * @throws ApiProblem `forbidden`
 */
async function limitsOf(
  principal: WorkspacePrincipal,
  wanted: Pick<NewApiKey, 'scopes' | 'expiresAt'>,
  db: ApiDeps['db'],
): Promise<Pick<NewApiKey, 'scopes' | 'expiresAt'>> {
  if (principal.by === 'session') return wanted;
  const { key, workspace, scopes: own } = principal;
  const scopes = wanted.scopes ?? own;
  if (own && scopes?.some((scope) => !own.includes(scope))) throw new ApiProblem('forbidden');
  const all = await db.inWorkspace(workspace, ({ apiKeys }) => apiKeys.list());
  const end = all.find(({ id }) => id === key)?.expiresAt;
  if (end && wanted.expiresAt && wanted.expiresAt > end) throw new ApiProblem('forbidden');
  return { scopes, expiresAt: wanted.expiresAt ?? end };
}

async function make(
  db: ApiDeps['db'],
  workspace: string,
  {
    kind,
    userName,
    creatorName,
    ...input
  }: Omit<NewApiKey, 'keyHash' | 'prefix'> & {
    kind: ApiKey['kind'];
    userName?: string;
    creatorName?: string;
  },
): Promise<ApiKey & { key: string }> {
  const { key, prefix } = newApiKey(kind);
  const made = await db.inWorkspace(workspace, ({ apiKeys }) =>
    apiKeys.create({ ...input, keyHash: hashToken(key), prefix }),
  );
  return { ...toApiKey({ ...made, userName, creatorName }), key };
}

/** @throws ApiProblem `not-found` */
async function end({ db, bus }: ApiDeps, workspace: string, id: string, user?: string): Promise<ApiKey> {
  const removed = await db.inWorkspace(workspace, ({ apiKeys }) => apiKeys.remove(id, user));
  if (!removed) throw notFound('key');
  bus.publish({ kind: 'credentials.ended', sessions: [], keys: [id] });
  return toApiKey(removed);
}

function toApiKey(record: ApiKeyRecord): ApiKey {
  const { id, name, prefix, user, userName, createdBy, creatorName } = record;
  const { role, scopes, rateLimit, createdAt, expiresAt, lastUsedAt } = record;
  return {
    id,
    name,
    prefix,
    kind: user === undefined ? 'service' : 'personal',
    ...(user !== undefined && { user: { id: user, name: userName ?? '' } }),
    ...(user === undefined &&
      createdBy !== undefined && {
        createdBy: { id: createdBy, ...(creatorName !== undefined && { name: creatorName }) },
      }),
    role,
    ...(scopes && { scopes }),
    ...(rateLimit !== undefined && { rateLimit }),
    createdAt,
    ...(expiresAt && { expiresAt }),
    ...(lastUsedAt && { lastUsedAt }),
  };
}

function noteOf(when: 'before' | 'after', { id, name, kind, role, scopes, expiresAt, rateLimit }: ApiKey) {
  const about: JsonObject = {
    kind,
    role,
    ...(scopes && { scopes }),
    ...(expiresAt && { expiresAt }),
    ...(rateLimit !== undefined && { rateLimit }),
  };
  return { resource: { type: 'key', id, name }, [when]: about };
}

function afterDays(days: number | undefined): string | undefined {
  return days === undefined ? undefined : new Date(Date.now() + days * day).toISOString();
}
