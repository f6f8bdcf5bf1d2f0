/** Runs: start, list, read, cancel. What is shown comes from the records, which are a projection of Temporal's truth. */
import { z } from 'zod';
import { pageQuery } from '../../contracts/api/page.ts';
import {
  listRuns,
  ofStep,
  run,
  runPage,
  runStarted,
  startRun as startRunBody,
  stepOutputs,
  stepPage,
} from '../../contracts/api/runs.ts';
import { runState } from '../../contracts/states.ts';
import { mayDo } from '../access/authorize.ts';
import { automationOfRun } from '../access/automation-of-run.ts';
import { visibleTo } from '../access/visible-to.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute, sharedBy } from '../route.ts';
import { cancelRun } from '../runs/cancel-run.ts';
import { outputsInFull } from '../runs/outputs-in-full.ts';
import { startByHand } from '../runs/start-by-hand.ts';
import { temporalUrlOf } from '../runs/temporal-url.ts';
import { writeWhatIsKnown } from '../runs/write-what-is-known.ts';

const tag = 'runs';
const params = z.object({ id: z.string() });

/** Steps that come with a run; the rest is read page by page. */
const firstSteps = 1_000;
/** Runs that it called. */
const firstChildren = 100;

export const start = defineRoute({
  method: 'post',
  path: '/automations/:id/runs',
  summary: 'Start a run',
  description:
    'Runs what is published, or the draft: with an automation that was shared with you, that takes the level `edit`. The answer comes when Temporal has accepted the run: from then on it reaches an end, whatever happens to our processes.',
  tag,
  auth: 'automation.run',
  resource: sharedBy('automation', 'id'),
  limit: 'run',
  audit: 'by-minute',
  idempotent: true,
  params,
  body: startRunBody,
  responses: { 201: runStarted },
  handler: async ({ principal, params, body, idempotencyKey, note }, deps) => {
    const automationHere = () => ({ type: 'automation' as const, id: params.id });
    if (body.draft && !(await mayDo(principal, 'automation.run-draft', automationHere, deps)))
      throw new ApiProblem('forbidden');
    const { run: id, workflowId } = await startByHand(deps, {
      workspace: principal.workspace,
      automation: params.id,
      idempotencyKey,
      startedBy: principal.user,
      ...body,
    });
    note({ after: { run: id } });
    return { status: 201, body: { id, workflowId }, headers: { location: `/api/v1/runs/${id}` } };
  },
});

export const list = defineRoute({
  method: 'get',
  path: '/runs',
  summary: 'List runs, last started first',
  description: 'Who may not see every run by their role is shown those of the automations shared with them.',
  tag,
  auth: 'run.list',
  query: listRuns,
  responses: { 200: runPage },
  handler: async ({ principal, query: { cursor, limit, ...filter } }, { db, writer }) => {
    await writeWhatIsKnown(writer);
    const page = await db.inWorkspace(principal.workspace, ({ runs }) =>
      runs.list({ ...filter, visible: visibleTo(principal, 'run.view') }, { cursor, limit }),
    );
    return { status: 200, body: page };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/runs/:id',
  summary: 'One run with its first 1,000 steps',
  tag,
  auth: 'run.view',
  resource: ({ id = '' }, context) => automationOfRun(id, context),
  params,
  responses: { 200: run },
  handler: async ({ principal, params: { id } }, { db, writer, config, temporalUiUrl }) => {
    await writeWhatIsKnown(writer);
    return await db.inWorkspace(principal.workspace, async ({ runs, steps }) => {
      const found = await runs.get(id);
      if (!found) throw notFound('run');
      const [first, stepCount, children] = await Promise.all([
        steps.list(id, { limit: firstSteps }),
        steps.count(id),
        runs.children(id, firstChildren),
      ]);
      const { lastSeq: _, ...stored } = found;
      const temporalUrl = temporalUrlOf(temporalUiUrl, config.TEMPORAL_NAMESPACE, found.workflowId);
      return {
        status: 200,
        body: { ...stored, ...(temporalUrl && { temporalUrl }), steps: first.items, stepCount, children },
      };
    });
  },
});

export const steps = defineRoute({
  method: 'get',
  path: '/runs/:id/steps',
  summary: 'The steps of a run, in the order in which they started',
  tag,
  auth: 'run.view',
  resource: ({ id = '' }, context) => automationOfRun(id, context),
  params,
  query: pageQuery,
  responses: { 200: stepPage },
  handler: async ({ principal, params: { id }, query }, { db }) =>
    db.inWorkspace(principal.workspace, async ({ runs, steps: recorded }) => {
      if (!(await runs.get(id))) throw notFound('run');
      return { status: 200, body: await recorded.list(id, query) };
    }),
});

export const outputs = defineRoute({
  method: 'get',
  path: '/runs/:id/steps/:node/outputs',
  summary: 'All that a step gave',
  description:
    'The record of a run has the first items only of what is too large for it (`truncated` says how many there were). The run itself tells all of them, once the execution that made them has ended.',
  tag,
  auth: 'run.view',
  limit: 'run',
  resource: ({ id = '' }, context) => automationOfRun(id, context),
  params: z.object({ id: z.string(), node: z.string() }),
  query: ofStep,
  responses: { 200: stepOutputs },
  handler: async ({ principal, params: { id: run, node }, query: { index } }, deps) => {
    await writeWhatIsKnown(deps.writer);
    const given = await outputsInFull(deps, principal.workspace, { run, node, index });
    return { status: 200, body: { outputs: given } };
  },
});

export const cancel = defineRoute({
  method: 'post',
  path: '/runs/:id/cancel',
  summary: 'Cancel a run',
  description:
    'Asks the run to stop; steps in flight are cancelled. The run is `cancelled` when its record says so, a moment later.',
  tag,
  auth: 'run.cancel',
  limit: 'run',
  resource: ({ id = '' }, context) => automationOfRun(id, context),
  params,
  responses: { 202: z.object({ id: z.string(), state: runState }) },
  handler: async ({ principal, params: { id } }, deps) => ({
    status: 202,
    body: { id, state: await cancelRun(deps, { workspace: principal.workspace, run: id }) },
  }),
});
