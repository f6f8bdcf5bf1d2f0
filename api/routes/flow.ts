/** How the runs of a workspace flow: how many at once, and what runs when one fails. */
import { type FlowSettings, flowSettings, updateFlow } from '../../contracts/api/flow.ts';
import { mayDo } from '../access/authorize.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'workspaces';

export const get = defineRoute({
  method: 'get',
  path: '/workspace/flow',
  summary: 'How the runs of the workspace flow',
  tag,
  auth: 'workspace.view',
  responses: { 200: flowSettings },
  handler: async ({ principal }, deps) => ({ status: 200, body: await flowOf(deps, principal.workspace) }),
});

export const update = defineRoute({
  method: 'patch',
  path: '/workspace/flow',
  summary: 'Change how the runs of the workspace flow',
  description:
    'How many work at once, and which automation starts when a run of one without an error automation of its own fails. Counts for runs that start from now on.',
  tag,
  auth: 'workspace.edit',
  audit: 'workspace.flow',
  body: updateFlow,
  responses: { 200: flowSettings },
  handler: async ({ principal, body, note }, deps) => {
    const { workspace } = principal;
    const before = await flowOf(deps, workspace);
    const { errorAutomation: id } = body;
    if (id && id !== before.errorAutomation) {
      const isAllowed = await mayDo(principal, 'automation.run', () => ({ type: 'automation', id }), deps);
      const known = await deps.db.inWorkspace(workspace, ({ automations }) => automations.get(id));
      if (!isAllowed || !known)
        throw new ApiProblem('automation-not-shared', { by: 'errorAutomation', automation: id });
    }
    await deps.db.asSystem(({ workspaces }) => workspaces.setFlow(workspace, body));
    deps.bus.publish({ kind: 'workspace.changed', workspace });
    const after = await flowOf(deps, workspace);
    note({ before: { ...before }, after: { ...after } });
    return { status: 200, body: after };
  },
});

async function flowOf({ db }: Pick<ApiDeps, 'db'>, workspace: string): Promise<FlowSettings> {
  const { concurrency, errorAutomation } = await db.asSystem(({ workspaces }) => workspaces.flow(workspace));
  return { concurrency: concurrency ?? null, errorAutomation: errorAutomation ?? null };
}
