/** Workspace variables: what expressions read as `$vars.<name>`. The value of a secret one goes in and never comes out. */
import { z } from 'zod';
import { putVariable, variable, variableList, variableName } from '../../contracts/api/variables.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { StoredVariable } from '../../db/index.ts';
import { notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'variables';
const params = z.object({ name: variableName });

export const list = defineRoute({
  method: 'get',
  path: '/variables',
  summary: 'List the variables of the workspace',
  tag,
  auth: 'variable.view',
  responses: { 200: variableList },
  handler: async ({ principal }, { db }) => ({
    status: 200,
    body: { items: await db.inWorkspace(principal.workspace, ({ variables }) => variables.list()) },
  }),
});

export const put = defineRoute({
  method: 'put',
  path: '/variables/:name',
  summary: 'Add or change a variable',
  description: 'Runs that start from now on read it; runs under way keep what they started with.',
  tag,
  auth: 'variable.edit',
  params,
  body: putVariable,
  responses: { 200: variable },
  handler: async ({ principal, params: { name }, body, note }, { db }) => {
    const by = principal.user;
    const { now, before } = await db.inWorkspace(principal.workspace, ({ variables }) =>
      variables.put({ name, ...body, by }),
    );
    note({ resource: resourceOf(now), before: before && factsOf(before), after: factsOf(now) });
    return { status: 200, body: now };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/variables/:name',
  summary: 'Delete a variable',
  tag,
  auth: 'variable.edit',
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { name }, note }, { db }) => {
    const removed = await db.inWorkspace(principal.workspace, ({ variables }) => variables.remove(name));
    if (!removed) throw notFound('variable');
    note({ resource: resourceOf(removed), before: factsOf(removed) });
    return { status: 204 };
  },
});

function resourceOf({ name }: StoredVariable) {
  return { type: 'variable', id: name, name };
}

function factsOf({ value, secret }: StoredVariable): JsonObject {
  return { secret, ...(value !== undefined && { value }) };
}
