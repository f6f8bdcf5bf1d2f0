/** Triggers that a clock drives: when they tick, what became of the last ticks, and steering them by hand. */
import { ScheduleNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import {
  backfilled,
  backfillSchedule,
  pauseSchedule,
  previewSchedule,
  schedule,
  schedulePage,
  schedulePreview,
} from '../../contracts/api/schedules.ts';
import { scheduleTrigger } from '../../contracts/catalogue/schedule-trigger.ts';
import { backfill as fill, mostBackfilled, ticksBetween } from '../../runs/schedules/backfill.ts';
import { nextTicks } from '../../runs/schedules/next-ticks.ts';
import { scheduleIdOf } from '../../runs/schedules/schedule-id.ts';
import { overlaps, scheduleSpec } from '../../runs/schedules/schedule-spec.ts';
import { syncSchedules } from '../../runs/schedules/sync-schedules.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute, sharedBy } from '../route.ts';
import { clockedTrigger, schedulesOfAutomation, schedulesOfWorkspace } from '../schedules/show-schedules.ts';

const tag = 'schedules';
const params = z.object({ id: z.string() });
const ofNode = z.object({ id: z.string(), node: z.string() });

export const list = defineRoute({
  method: 'get',
  path: '/schedules',
  summary: 'All triggers of the workspace that a clock drives',
  description:
    'Schedules and polls of published automations, with their next and last ticks. At most 200 automations.',
  tag,
  auth: 'schedule.list',
  responses: { 200: schedulePage },
  handler: async ({ principal: { workspace } }, deps) => ({
    status: 200,
    body: { items: await schedulesOfWorkspace(deps, workspace) },
  }),
});

export const listOf = defineRoute({
  method: 'get',
  path: '/automations/:id/schedules',
  summary: 'The triggers of an automation that a clock drives',
  tag,
  auth: 'automation.view',
  resource: sharedBy('automation', 'id'),
  params,
  responses: { 200: schedulePage },
  handler: async ({ principal: { workspace }, params: { id } }, deps) => {
    const items = await schedulesOfAutomation(deps, workspace, id);
    if (!items) throw notFound('automation');
    return { status: 200, body: { items } };
  },
});

export const pause = defineRoute({
  method: 'post',
  path: '/automations/:id/schedules/:node/pause',
  summary: 'Pause a schedule',
  description:
    'It stays paused when the automation is published anew. Ticks of that time are not made up for: see backfill.',
  tag,
  auth: 'schedule.steer',
  resource: sharedBy('automation', 'id'),
  audit: 'schedule.pause',
  params: ofNode,
  body: pauseSchedule,
  responses: { 200: schedule },
  handler: async ({ principal: { workspace }, params, body, note }, deps) => {
    const shown = await steer(deps, workspace, params, (handle) => handle.pause(body.note || undefined));
    note({
      resource: { type: 'automation', ...shown.automation },
      after: { node: params.node, note: body.note },
    });
    return { status: 200, body: shown };
  },
});

export const resume = defineRoute({
  method: 'post',
  path: '/automations/:id/schedules/:node/resume',
  summary: 'Let a paused schedule tick again',
  tag,
  auth: 'schedule.steer',
  resource: sharedBy('automation', 'id'),
  audit: 'schedule.resume',
  params: ofNode,
  responses: { 200: schedule },
  handler: async ({ principal: { workspace }, params, note }, deps) => {
    const shown = await steer(deps, workspace, params, (handle) => handle.unpause());
    note({ resource: { type: 'automation', ...shown.automation }, after: { node: params.node } });
    return { status: 200, body: shown };
  },
});

export const trigger = defineRoute({
  method: 'post',
  path: '/automations/:id/schedules/:node/trigger',
  summary: 'Tick now',
  description:
    'As if it were time, by the overlap policy of the schedule: it may have to wait for the last run.',
  tag,
  auth: 'schedule.steer',
  resource: sharedBy('automation', 'id'),
  limit: 'run',
  audit: 'schedule.trigger',
  params: ofNode,
  responses: { 202: schedule },
  handler: async ({ principal: { workspace }, params, note }, deps) => {
    const shown = await steer(deps, workspace, params, (handle) => handle.trigger());
    note({ resource: { type: 'automation', ...shown.automation }, after: { node: params.node } });
    return { status: 202, body: shown };
  },
});

export const backfill = defineRoute({
  method: 'post',
  path: '/automations/:id/schedules/:node/backfill',
  summary: 'Make up for the ticks of a time that is over',
  description: `Starts the runs that the schedule as it is now would have started then, at most ${mostBackfilled.toLocaleString('en')} at a time. Ticks that had a run get another.`,
  tag,
  auth: 'schedule.steer',
  resource: sharedBy('automation', 'id'),
  limit: 'run',
  audit: 'schedule.backfill',
  params: ofNode,
  body: backfillSchedule,
  responses: { 202: backfilled },
  handler: async ({ principal: { workspace }, params, body, note }, deps) => {
    const { automation, kind } = await clockedTrigger(deps, workspace, params);
    const range = { from: new Date(body.from), to: new Date(body.to) };
    if (kind === 'poll' || range.from >= range.to || range.to.getTime() > Date.now())
      throw new ApiProblem('backfill-range');
    const id = scheduleIdOf(workspace, params.id, params.node);
    // Both: Temporal may count the ticks of a schedule that was just deleted, and then not know it.
    const ticks = await healed(deps, { workspace, automation: params.id }, async () => {
      const due = await ticksBetween(deps.temporal, id, range);
      if (due > mostBackfilled)
        throw new ApiProblem('backfill-too-many', { ticks: due, most: mostBackfilled });
      const overlap = overlaps[body.overlap ?? 'bufferAll'];
      if (due > 0) await fill(deps.temporal, id, { ...range, overlap });
      return due;
    });
    note({ resource: { type: 'automation', ...automation }, after: { node: params.node, ...body, ticks } });
    return { status: 202, body: { ticks } };
  },
});

export const preview = defineRoute({
  method: 'post',
  path: '/schedules/preview',
  summary: 'When a schedule would tick',
  description: 'The next ten ticks of a schedule trigger with these parameters, asked of Temporal itself.',
  tag,
  auth: 'catalogue.view',
  audit: false,
  body: previewSchedule,
  responses: { 200: schedulePreview },
  handler: async ({ body: { parameters, timezone } }, { temporal }) => {
    const parsed = scheduleTrigger.parameters.safeParse(parameters);
    const problems = parsed.success ? (scheduleTrigger.check?.(parsed.data) ?? []) : parsed.error.issues;
    if (!parsed.success || problems.length > 0)
      throw new ApiProblem(
        'invalid-request',
        {},
        { errors: problems.map(({ path, message }) => ({ field: `parameters.${path.join('.')}`, message })) },
      );
    return {
      status: 200,
      body: { nextTicks: await nextTicks(temporal, scheduleSpec(parsed.data, timezone)) },
    };
  },
});

type Handle = ReturnType<ApiDeps['temporal']['schedule']['getHandle']>;

/** @returns the schedule as it is afterwards. @throws ApiProblem `not-found` */
async function steer(
  deps: ApiDeps,
  workspace: string,
  params: { id: string; node: string },
  how: (handle: Handle) => Promise<void>,
) {
  await clockedTrigger(deps, workspace, params);
  const { id, node } = params;
  await healed(deps, { workspace, automation: id }, () =>
    how(deps.temporal.schedule.getHandle(scheduleIdOf(workspace, id, node))),
  );
  const shown = (await schedulesOfAutomation(deps, workspace, id))?.find((one) => one.node === node);
  if (!shown) throw notFound('node');
  return shown;
}

/** One that is published and not with Temporal, because a process died before it could tell, is made first. */
async function healed<T>(
  deps: ApiDeps,
  { workspace, automation }: { workspace: string; automation: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    await syncSchedules(deps, { workspace, automation });
    return await work();
  }
}
