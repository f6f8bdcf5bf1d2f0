/** Chains: models in the order in which they are tried. */
import { z } from 'zod';
import {
  createModelChain,
  modelChain,
  modelChainList,
  updateModelChain,
} from '../../contracts/api/models.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { StoredChain, UnknownProviders } from '../../db/index.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'models';
const params = z.object({ chain: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/model-chains',
  summary: 'List the chains of models',
  description: 'The default comes first. Where there is none, nodes that choose no model get the sandbox.',
  tag,
  auth: 'model.view',
  responses: { 200: modelChainList },
  handler: async ({ principal }, { db }) => ({
    status: 200,
    body: { items: await db.inWorkspace(principal.workspace, ({ models }) => models.chains.list()) },
  }),
});

export const create = defineRoute({
  method: 'post',
  path: '/model-chains',
  summary: 'Make a chain of models',
  tag,
  auth: 'model.manage',
  audit: 'model-chain.create',
  body: createModelChain,
  responses: { 201: modelChain },
  handler: async ({ principal, body, note }, deps) => {
    const made = await deps.db.inWorkspace(principal.workspace, ({ models }) => models.chains.create(body));
    if (made === 'name-taken') throw new ApiProblem('name-taken', { name: body.name });
    if ('unknown' in made) throw notThere(made);
    note({ resource: resourceOf(made), after: factsOf(made) });
    return { status: 201, body: made };
  },
});

export const update = defineRoute({
  method: 'patch',
  path: '/model-chains/:chain',
  summary: 'Change a chain of models',
  description:
    'Counts for calls from now on. A chain that becomes the default takes the place of the one before.',
  tag,
  auth: 'model.manage',
  audit: 'model-chain.update',
  params,
  body: updateModelChain,
  responses: { 200: modelChain },
  handler: async ({ principal, params: { chain: id }, body, note }, deps) => {
    const { before, after } = await deps.db.inWorkspace(principal.workspace, async ({ models }) => ({
      before: await models.chains.get(id),
      after: await models.chains.update(id, body),
    }));
    if (after === 'name-taken') throw new ApiProblem('name-taken', { name: body.name ?? '' });
    if (!before || !after) throw notFound('chain');
    if ('unknown' in after) throw notThere(after);
    note({ resource: resourceOf(after), before: factsOf(before), after: factsOf(after) });
    return { status: 200, body: after };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/model-chains/:chain',
  summary: 'Delete a chain of models',
  description: 'Nodes that name it fail, and say so, until they name another one.',
  tag,
  auth: 'model.manage',
  audit: 'model-chain.delete',
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { chain: id }, note }, { db }) => {
    const removed = await db.inWorkspace(principal.workspace, ({ models }) => models.chains.remove(id));
    if (!removed) throw notFound('chain');
    note({ resource: resourceOf(removed), before: factsOf(removed) });
    return { status: 204 };
  },
});

function notThere({ unknown }: UnknownProviders): ApiProblem {
  const message = 'There is no such provider.';
  const errors = unknown.map((position) => ({ field: `entries.${position}.provider`, message }));
  return new ApiProblem('invalid-request', {}, { errors });
}

function resourceOf({ id, name }: StoredChain) {
  return { type: 'model-chain', id, name };
}

function factsOf({ name, entries, isDefault }: StoredChain): JsonObject {
  return { name, entries: entries.map(({ provider, model }) => ({ provider, model })), isDefault };
}
