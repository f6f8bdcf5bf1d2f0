/** What the workspace asked of models, and what that cost. */
import { listModelCalls, modelCallPage, modelUsage, usageQuery } from '../../contracts/api/models.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'models';
const dayMs = 86_400_000;

export const usage = defineRoute({
  method: 'get',
  path: '/model-usage',
  summary: 'What was used and spent, by day, model, provider, member, agent or automation',
  description: 'Money is whole micro-units. Calls under way count from their end. At most 400 days.',
  tag,
  auth: 'model.usage',
  query: usageQuery,
  responses: { 200: modelUsage },
  handler: async ({ principal, query: { by, ...given } }, deps) => {
    const { workspace } = principal;
    // The call that has just begun is within.
    const to = given.to ?? new Date(Date.now() + 1_000).toISOString();
    const from = given.from ?? new Date(Date.parse(to) - 30 * dayMs).toISOString();
    if (Date.parse(to) - Date.parse(from) > 400 * dayMs) {
      const errors = [{ field: 'from', message: 'At most 400 days.' }];
      throw new ApiProblem('invalid-request', {}, { errors });
    }
    const rows = await deps.db.inWorkspace(workspace, ({ models }) => models.usage.groupBy(by, { from, to }));
    const names = await namesOf(
      deps,
      workspace,
      by,
      rows.map(({ key }) => key),
    );
    const items = rows.map((row) => {
      const name = names.get(row.key);
      return { ...row, ...(name !== undefined && { name }) };
    });
    return { status: 200, body: { from, to, items } };
  },
});

export const calls = defineRoute({
  method: 'get',
  path: '/model-calls',
  summary: 'The ledger: every call to a model, newest first',
  description: 'Never what was said.',
  tag,
  auth: 'model.usage',
  query: listModelCalls,
  responses: { 200: modelCallPage },
  handler: async ({ principal, query }, { db }) => ({
    status: 200,
    body: await db.inWorkspace(principal.workspace, ({ models }) => models.usage.calls(query)),
  }),
});

/** What is not there any more has no name. */
async function namesOf(
  { db }: Pick<ApiDeps, 'db'>,
  workspace: string,
  by: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (by === 'member') {
    const members = await db.asSystem((system) => system.members.list(workspace));
    return new Map(members.map(({ user, name }) => [user, name]));
  }
  if (by !== 'automation') return new Map();
  return await db.inWorkspace(workspace, ({ automations }) => automations.names(ids));
}
