/** For orchestrators: is the process alive, and can it do its work? */
import { z } from 'zod';
import { plainCause } from '../../backing/plain-cause.ts';
import type { ApiDeps } from '../deps.ts';
import { defineRoute } from '../route.ts';

/** Milliseconds that a dependency may take to answer before it counts as down. */
const patience = 2_000;

const check = z.enum(['ok', 'down']);
const cause = z.string().optional();
const readiness = z.object({
  ...{ status: check, database: check, temporal: check },
  /** Of what is down, for people: `refuses connections`. */
  causes: z.object({ database: cause, temporal: cause }).optional(),
});

export const live = defineRoute({
  method: 'get',
  path: '/healthz',
  base: '',
  summary: 'The process is alive',
  tag: 'health',
  auth: 'none',
  limit: 'none',
  responses: { 200: z.object({ status: z.literal('ok') }) },
  handler: () => ({ status: 200, body: { status: 'ok' as const } }),
});

export const ready = defineRoute({
  method: 'get',
  path: '/readyz',
  base: '',
  summary: 'Database and Temporal can be reached',
  description:
    'While it says 503, send no traffic here; `causes` says why. It answers from the first moment on, also while the process waits for them.',
  tag: 'health',
  auth: 'none',
  limit: 'none',
  responses: { 200: readiness, 503: readiness },
  handler: async (_, { db, temporal, config, log }) => {
    const [database, workflows] = await Promise.all([
      causeOf(() => db.ping(), 'database', log),
      causeOf(() => describeNamespace(temporal, config.TEMPORAL_NAMESPACE), 'temporal', log),
    ]);
    const checks = { database: stateOf(database), temporal: stateOf(workflows) };
    if (!database && !workflows) return { status: 200, body: { status: 'ok' as const, ...checks } };
    const causes = { database, temporal: workflows };
    return { status: 503, body: { status: 'down' as const, ...checks, causes } };
  },
});

function describeNamespace(temporal: ApiDeps['temporal'], namespace: string): Promise<unknown> {
  return temporal.withDeadline(Date.now() + patience, () =>
    temporal.workflowService.describeNamespace({ namespace }),
  );
}

function stateOf(cause: string | undefined): z.output<typeof check> {
  return cause === undefined ? 'ok' : 'down';
}

/** Why it is down; undefined: it is not. */
async function causeOf(
  ask: () => Promise<unknown>,
  what: string,
  log: ApiDeps['log'],
): Promise<string | undefined> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer in ${patience} ms`)), patience);
  try {
    await Promise.race([ask(), late.promise]);
    return undefined;
  } catch (err) {
    log.warn({ err, what }, 'not ready');
    return plainCause(err).text;
  } finally {
    clearTimeout(timer);
  }
}
