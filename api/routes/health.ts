/** For orchestrators: is the process alive, and can it do its work? */
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { defineRoute } from '../route.ts';

/** Milliseconds that a dependency may take to answer before it counts as down. */
const patience = 2_000;

const check = z.enum(['ok', 'down']);
const readiness = z.object({ status: check, database: check, temporal: check });

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
  description: 'While it says 503, send no traffic here.',
  tag: 'health',
  auth: 'none',
  limit: 'none',
  responses: { 200: readiness, 503: readiness },
  handler: async (_, { db, temporal, config, log }) => {
    const [database, workflows] = await Promise.all([
      answers(() => db.ping(), 'database', log),
      answers(() => describeNamespace(temporal, config.TEMPORAL_NAMESPACE), 'temporal', log),
    ]);
    const status = database === 'ok' && workflows === 'ok' ? ('ok' as const) : ('down' as const);
    const body = { status, database, temporal: workflows };
    return status === 'ok' ? { status: 200, body } : { status: 503, body };
  },
});

function describeNamespace(temporal: ApiDeps['temporal'], namespace: string): Promise<unknown> {
  return temporal.withDeadline(Date.now() + patience, () =>
    temporal.workflowService.describeNamespace({ namespace }),
  );
}

async function answers(
  ask: () => Promise<unknown>,
  what: string,
  log: ApiDeps['log'],
): Promise<z.output<typeof check>> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer in ${patience} ms`)), patience);
  try {
    await Promise.race([ask(), late.promise]);
    return 'ok';
  } catch (err) {
    log.warn({ err, what }, 'not ready');
    return 'down';
  } finally {
    clearTimeout(timer);
  }
}
