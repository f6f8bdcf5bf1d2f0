/** Runs that take up or repeat another one. */
import { z } from 'zod';
import { planRerun, rerunPlan, rerunStarted, startRerun } from '../../contracts/api/reruns.ts';
import { automationOfRun } from '../access/automation-of-run.ts';
import { defineRoute } from '../route.ts';
import { planOf, rerun } from '../runs/rerun.ts';

const tag = 'runs';
const params = z.object({ id: z.string() });

export const plan = defineRoute({
  method: 'get',
  path: '/runs/:id/retry-plan',
  summary: 'What a retry would do',
  description: 'Which nodes of the run count again, and which would run. Starts nothing.',
  tag,
  auth: 'automation.run',
  resource: ({ id = '' }, context) => automationOfRun(id, context),
  params,
  query: planRerun,
  responses: { 200: rerunPlan },
  handler: async ({ principal, params: { id }, query }, deps) => ({
    status: 200,
    body: await planOf(deps, principal, id, query),
  }),
});

export const retry = defineRoute({
  method: 'post',
  path: '/runs/:id/retry',
  summary: 'Retry a run, or run it again',
  description:
    'Starts a new run that is linked to this one by `retryOf`. Steps that count again give their recorded outputs and do nothing; a step that was tried and never succeeded carries the same idempotency key again.',
  tag,
  auth: 'automation.run',
  resource: ({ id = '' }, context) => automationOfRun(id, context),
  limit: 'run',
  audit: 'run.retry',
  idempotent: true,
  params,
  body: startRerun,
  responses: { 201: rerunStarted },
  handler: async ({ principal, params: { id }, body, idempotencyKey, note }, deps) => {
    const started = await rerun(deps, principal, id, { ...body, idempotencyKey });
    note({ after: { run: started.id, from: body.from, version: body.version } });
    return { status: 201, body: started, headers: { location: `/api/v1/runs/${started.id}` } };
  },
});
