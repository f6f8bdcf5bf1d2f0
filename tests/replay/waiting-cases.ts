/** Runs that wait for people and callers: what is said to them comes before the wait, in it, and from one execution to the next. */
import type { Decision } from '../../contracts/approvals.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { addresses } from '../../contracts/run-message.ts';
import { drawGraph, json } from '../../engine/run/test-graphs.ts';
import { emitEvent } from '../../runs/events/emit-event.ts';
import { messageRun } from '../../runs/message-run.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import type { RecordedCase } from './recorded-cases.ts';
import type { RunningEngine } from './running-engine.ts';

async function say(engine: RunningEngine, run: string, automation: string, to: string, body: JsonValue) {
  const message = { id: `${to} ${JSON.stringify(body)}`.slice(0, 200), to, body };
  const deps = { db: engine.db, temporal: engine.client };
  await messageRun(deps, { workspace: engine.workspace, automation, run }, message);
}

const waitsFor = (engine: RunningEngine, run: string, node: string, index = 0) =>
  engine.seen(run, (event) => event.type === 'step.started' && event.node === node && event.index === index);

const calls: RecordedCase = {
  name: 'calls-and-signals',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Link', 'edit-fields', { assignments: [{ name: 'link', value: '={{ $execution.resumeUrl }}' }] }],
      ['Call', 'wait', { mode: 'webhook', limitWait: true, limitAmount: 30, limitUnit: 'days' }],
      ['Signal', 'wait', { mode: 'signal', signal: 'paid' }],
      [
        'Nobody',
        'wait',
        { mode: 'signal', signal: 'never', limitWait: true, limitAmount: 1, limitUnit: 'seconds' },
      ],
      ['Late', 'no-op'],
    ],
    ['Start > Link', 'Link > Call', 'Call > Signal', 'Signal > Nobody', 'Nobody.timeout > Late'],
  ),
  start: { items: json({ order: 17 }) },
  act: async (engine, run) => {
    const to = (address: string, body: JsonValue) => say(engine, run, 'calls-and-signals', address, body);
    await to(addresses.signal('paid'), { amount: 5 }); // before its wait
    await waitsFor(engine, run, 'Call');
    await to(addresses.step('Call', 0), { headers: {}, params: {}, query: {}, body: { ok: true } });
  },
};

const event: RecordedCase = {
  name: 'awaited-event',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      [
        'Paid',
        'wait',
        { mode: 'event', event: 'order.*', matchPath: 'order.id', matchValue: '={{ $json.order }}' },
      ],
      ['End', 'no-op'],
    ],
    ['Start > Paid', 'Paid > End'],
  ),
  start: { items: json({ order: 17 }) },
  act: async ({ db, client, writer, workspace }, run) => {
    const deps = {
      db,
      writer,
      temporal: client,
      eagerStart: false,
      graphs: versionGraphsOf(db),
      log: console,
    };
    const waits = () => db.inWorkspace(workspace, ({ eventWaiters }) => eventWaiters.any(['order.*']));
    await waitUntil(waits);
    for (const id of [16, 17])
      await emitEvent(deps, workspace, {
        ...{ name: 'order.paid', data: { order: { id } }, source: { kind: 'api', by: 'key' } },
        key: ['replay', run, `${id}`],
      });
  },
};

const vote = (name: string, decision: Decision['decision']): Decision => ({
  ...{ approver: `user:${name}`, name, decision, comment: '', fields: {} },
});

const approval: RecordedCase = {
  name: 'approval',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      [
        'Ask',
        'approval',
        {
          title: '=Refund of {{ $json.amount }}',
          approvers: [{ kind: 'email', who: 'ana@example.com' }],
          needed: 2,
          limitWait: true,
          limitAmount: 1,
          limitUnit: 'seconds',
          onDeadline: 'escalate',
          escalateTo: [{ kind: 'email', who: 'boss@example.com' }],
        },
      ],
      ['Yes', 'no-op'],
    ],
    ['Start > Ask', 'Ask.approved > Yes'],
  ),
  start: { items: json({ amount: 9 }) },
  act: async (engine, run) => {
    await waitsFor(engine, run, 'Ask');
    const to = (body: JsonValue) => say(engine, run, 'approval', addresses.step('Ask', 0), body);
    await to(vote('Ana', 'approved'));
    await waitUntil(async () => (await approvals(engine))[0]?.escalatedAt !== undefined);
    await to(vote('Boss', 'approved'));
  },
};

const form: RecordedCase = {
  name: 'form',
  graph: drawGraph(
    [
      ['Form', 'form-trigger', { path: 'replay', fields: [{ label: 'Name' }] }],
      ['Page', 'form-page', { title: '=Hello {{ $json.name }}', fields: [{ label: 'Color' }] }],
      ['End', 'no-op'],
    ],
    ['Form > Page', 'Page > End'],
  ),
  start: { trigger: { kind: 'form', node: 'Form', name: 'Form' }, items: json({ name: 'Ana' }) },
  act: async (engine, run) => {
    await waitsFor(engine, run, 'Page');
    await say(engine, run, 'form', addresses.step('Page', 0), { color: 'red' });
  },
};

/** Each wait of the loop in an execution of its own, with messages that travel along. */
const continued: RecordedCase = {
  name: 'messages-continued',
  graph: drawGraph(
    [
      ['Start', 'manual-trigger'],
      ['Wait', 'wait', { mode: 'signal', signal: 'go' }],
      ['More', 'if', { conditions: [{ left: '={{ $json.body }}', operator: 'number.lt', right: 3 }] }],
    ],
    ['Start > Wait', 'Wait > More', 'More.true > Wait'],
  ),
  act: async (engine, run) => {
    for (const n of [1, 2, 3]) {
      await waitsFor(engine, run, 'Wait', n - 1);
      await say(engine, run, 'messages-continued', addresses.signal('other'), n);
      await say(engine, run, 'messages-continued', addresses.signal('go'), n);
    }
  },
  continueAsNewAfter: 8,
};

async function approvals({ db, workspace }: RunningEngine) {
  const page = await db.inWorkspace(workspace, (tenant) =>
    tenant.approvals.list({ state: 'open' }, { limit: 9 }),
  );
  return page.items;
}

async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}

export const waitingCases: readonly RecordedCase[] = [calls, event, approval, form, continued];
