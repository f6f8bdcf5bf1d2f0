/** Budgets and limits of calls to models. */
import { z } from 'zod';
import {
  createModelBudget,
  modelBudget,
  modelBudgetList,
  modelLimits,
  updateModelBudget,
} from '../../contracts/api/models.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { StoredBudget } from '../../db/index.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'models';
const params = z.object({ budget: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/model-budgets',
  summary: 'List the budgets, with what is used of them',
  tag,
  auth: 'model.usage',
  responses: { 200: modelBudgetList },
  handler: async ({ principal }, { db }) => ({
    status: 200,
    body: { items: await db.inWorkspace(principal.workspace, ({ models }) => models.budgets.list()) },
  }),
});

export const create = defineRoute({
  method: 'post',
  path: '/model-budgets',
  summary: 'Make a budget',
  description:
    'Calls are refused that may pass it: each reserves what it may cost at most. It begins to count now. A budget of money refuses models without a price.',
  tag,
  auth: 'model.manage',
  audit: 'model-budget.create',
  body: createModelBudget,
  responses: { 201: modelBudget },
  handler: async ({ principal, body, note }, { db }) => {
    if (body.scope === 'member' && body.target !== undefined) {
      const members = await db.asSystem((system) => system.members.list(principal.workspace));
      if (!members.some(({ user }) => user === body.target)) {
        const errors = [{ field: 'target', message: 'There is no such member.' }];
        throw new ApiProblem('invalid-request', {}, { errors });
      }
    }
    const made = await db.inWorkspace(principal.workspace, ({ models }) => models.budgets.create(body));
    note({ resource: { type: 'model-budget', id: made.id }, after: factsOf(made) });
    return { status: 201, body: made };
  },
});

export const update = defineRoute({
  method: 'patch',
  path: '/model-budgets/:budget',
  summary: 'Change the limit of a budget',
  description: 'What was spent stays spent.',
  tag,
  auth: 'model.manage',
  audit: 'model-budget.update',
  params,
  body: updateModelBudget,
  responses: { 200: modelBudget },
  handler: async ({ principal, params: { budget: id }, body, note }, { db }) => {
    const { before, after } = await db.inWorkspace(principal.workspace, async ({ models }) => ({
      before: await models.budgets.get(id),
      after: await models.budgets.setLimit(id, body.limit),
    }));
    if (!before || !after) throw notFound('budget');
    note({ resource: { type: 'model-budget', id }, before: factsOf(before), after: factsOf(after) });
    return { status: 200, body: after };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/model-budgets/:budget',
  summary: 'Delete a budget',
  tag,
  auth: 'model.manage',
  audit: 'model-budget.delete',
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { budget: id }, note }, { db }) => {
    const removed = await db.inWorkspace(principal.workspace, ({ models }) => models.budgets.remove(id));
    if (!removed) throw notFound('budget');
    note({ resource: { type: 'model-budget', id }, before: factsOf(removed) });
    return { status: 204 };
  },
});

export const limits = defineRoute({
  method: 'get',
  path: '/model-limits',
  summary: 'How much the workspace may ask of all its models together',
  tag,
  auth: 'model.view',
  responses: { 200: modelLimits },
  handler: async ({ principal }, { db }) => ({
    status: 200,
    body: await db.inWorkspace(principal.workspace, ({ models }) => models.limits.get()),
  }),
});

export const setLimits = defineRoute({
  method: 'put',
  path: '/model-limits',
  summary: 'Set how much the workspace may ask of all its models together',
  description: 'What is left out has no limit. Providers have limits of their own.',
  tag,
  auth: 'model.manage',
  audit: 'model-limits.update',
  body: modelLimits,
  responses: { 200: modelLimits },
  handler: async ({ principal, body, note }, { db }) => {
    const before = await db.inWorkspace(principal.workspace, async ({ models }) => {
      const present = await models.limits.get();
      await models.limits.set(body);
      return present;
    });
    note({ before: before as JsonObject, after: body as JsonObject });
    return { status: 200, body };
  },
});

function factsOf({ scope, target, unit, limit, period }: StoredBudget): JsonObject {
  return { scope, unit, limit, period, ...(target !== undefined && { target }) };
}
