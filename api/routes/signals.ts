/** Signals: what programs say to a run that waits for it. */
import { z } from 'zod';
import { signalSent } from '../../contracts/api/runs.ts';
import { jsonValue } from '../../contracts/json.ts';
import { addresses } from '../../contracts/run-message.ts';
import { isTerminal } from '../../contracts/states.ts';
import { messageRun } from '../../runs/message-run.ts';
import { newRunId } from '../../runs/new-run-id.ts';
import { runIdOf } from '../../runs/start-run.ts';
import { automationOfRun } from '../access/automation-of-run.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

export const send = defineRoute({
  method: 'post',
  path: '/runs/:id/signals/:name',
  summary: 'Send a signal to a run',
  description:
    'A Wait node for this signal goes on with the body, which is any JSON. One that comes before its wait is kept for it; with an `Idempotency-Key` it is heard once, however often it is sent.',
  tag: 'runs',
  auth: 'run.signal',
  resource: ({ id = '' }, context) => automationOfRun(id, context),
  limit: 'run',
  audit: 'by-minute',
  idempotent: true,
  params: z.object({ id: z.string(), name: z.string().regex(/^[A-Za-z0-9._~-]{1,100}$/) }),
  body: jsonValue,
  responses: { 202: signalSent },
  handler: async ({ principal, params: { id, name }, body, idempotencyKey, note }, deps) => {
    const { workspace } = principal;
    const run = await deps.db.inWorkspace(workspace, ({ runs }) => runs.get(id));
    if (!run) throw notFound('run');
    const by = { kind: principal.by === 'session' ? 'user' : 'api-key', name: principal.name } as const;
    const message = {
      id: idempotencyKey === undefined ? newRunId() : runIdOf('signal', id, name, idempotencyKey),
      to: addresses.signal(name),
      body,
      by,
    };
    const sent = isTerminal(run.state)
      ? 'ended'
      : await messageRun(deps, { workspace, automation: run.automation.id, run: id }, message);
    if (sent !== 'sent') throw new ApiProblem('run-ended', { state: run.state }, { run: id });
    note({ after: { run: id, signal: name } });
    return { status: 202, body: { run: id, signal: name } };
  },
});
