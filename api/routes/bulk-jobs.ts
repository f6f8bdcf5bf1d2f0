/** Cancelling and retrying many runs at once: a job of its own, whose progress can be watched, and which can be paused and stopped. */
import { WorkflowNotFoundError } from '@temporalio/common';
import { z } from 'zod';
import { pageQuery } from '../../contracts/api/page.ts';
import {
  bulkFilter,
  bulkJob,
  bulkJobPage,
  bulkPauseSignal,
  bulkWorkflow,
  bulkWorkflowIdOf,
  startBulk,
} from '../../contracts/bulk.ts';
import { priorities, queues } from '../../contracts/run.ts';
import { bulkRuns } from '../../runs/bulk-runs.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'runs';
const params = z.object({ id: z.string() });

export const count = defineRoute({
  method: 'get',
  path: '/bulk-jobs/count',
  summary: 'How many runs a job would be about',
  tag,
  auth: 'run.bulk',
  query: bulkFilter.extend({ action: startBulk.shape.action.default('cancel') }),
  responses: { 200: z.object({ count: z.int() }) },
  handler: async ({ principal, query: { action, ...filter } }, { db }) => ({
    status: 200,
    body: {
      count: await db.inWorkspace(principal.workspace, ({ runs }) => runs.count(bulkRuns(action, filter))),
    },
  }),
});

export const create = defineRoute({
  method: 'post',
  path: '/bulk-jobs',
  summary: 'Cancel or retry all runs that a filter finds',
  description:
    'Runs that start later are left alone. A run that is done already is skipped, so the same job twice does no harm.',
  tag,
  auth: 'run.bulk',
  limit: 'run',
  body: startBulk,
  responses: { 201: bulkJob },
  handler: async ({ principal, body: { action, filter: asked, options }, note }, { db, temporal }) => {
    const { workspace } = principal;
    const now = new Date().toISOString();
    const filter = { ...asked, to: asked.to !== undefined && asked.to < now ? asked.to : now };
    const job = await db.inWorkspace(workspace, async ({ runs, bulkJobs }) =>
      bulkJobs.create({
        ...{ action, filter, options },
        total: await runs.count(bulkRuns(action, filter)),
        createdBy: principal.user,
      }),
    );
    const begun = temporal.workflow.start(bulkWorkflow, {
      args: [{ workspace, job: job.id, counts: { done: 0, skipped: 0, failed: 0, failures: [] } }],
      workflowId: bulkWorkflowIdOf(workspace, job.id),
      taskQueue: queues.automations,
      priority: { priorityKey: priorities.batch, fairnessKey: workspace },
      staticSummary: `${action} ${job.total} runs`,
    });
    await begun.catch(async (error: unknown) => {
      // A job that nobody works on must not look as if somebody did.
      await db.inWorkspace(workspace, ({ bulkJobs }) => bulkJobs.setState(job.id, 'cancelled'));
      throw error;
    });
    note({ resource: { type: 'bulk-job', id: job.id }, after: { action, total: job.total } });
    return { status: 201, body: job, headers: { location: `/api/v1/bulk-jobs/${job.id}` } };
  },
});

export const list = defineRoute({
  method: 'get',
  path: '/bulk-jobs',
  summary: 'List jobs over many runs, newest first',
  tag,
  auth: 'run.bulk',
  query: pageQuery,
  responses: { 200: bulkJobPage },
  handler: async ({ principal, query }, { db }) => ({
    status: 200,
    body: await db.inWorkspace(principal.workspace, ({ bulkJobs }) => bulkJobs.list(query)),
  }),
});

export const get = defineRoute({
  method: 'get',
  path: '/bulk-jobs/:id',
  summary: 'One job, with its progress',
  tag,
  auth: 'run.bulk',
  params,
  responses: { 200: bulkJob },
  handler: async ({ principal, params: { id } }, deps) => ({
    status: 200,
    body: await jobOf(deps, principal, id),
  }),
});

function steer(verb: 'pause' | 'resume' | 'cancel', summary: string) {
  return defineRoute({
    method: 'post',
    path: `/bulk-jobs/:id/${verb}`,
    summary,
    description: 'What was done stays done. The state follows a moment later.',
    tag,
    auth: 'run.bulk',
    audit: `bulk-job.${verb}`,
    params,
    responses: { 202: bulkJob },
    handler: async ({ principal, params: { id } }, deps) => {
      const job = await jobOf(deps, principal, id);
      if (job.state === 'finished' || job.state === 'cancelled')
        throw new ApiProblem('job-ended', { state: job.state });
      const handle = deps.temporal.workflow.getHandle(bulkWorkflowIdOf(principal.workspace, id));
      try {
        if (verb === 'cancel') await handle.cancel();
        else await handle.signal(bulkPauseSignal, verb === 'pause');
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) throw new ApiProblem('job-ended', { state: job.state });
        throw error;
      }
      return { status: 202, body: job };
    },
  });
}

export const pause = steer('pause', 'Pause a job');
export const resume = steer('resume', 'Let a paused job go on');
export const cancel = steer('cancel', 'Stop a job');

async function jobOf({ db }: Pick<ApiDeps, 'db'>, { workspace }: WorkspacePrincipal, id: string) {
  const job = await db.inWorkspace(workspace, ({ bulkJobs }) => bulkJobs.get(id));
  if (!job) throw notFound('job');
  return job;
}
