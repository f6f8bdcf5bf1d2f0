/** What a gate needs of the world (workflows/gate.ts): the run that its deliveries become, and a word about those that become none. */
import type { DropReason, GatePlace } from '../../contracts/gates.ts';
import type { Item } from '../../contracts/item.ts';
import { workflowIdOf } from '../../contracts/run.ts';
import type { GateTrace } from '../../engine/gates/gate.ts';
import type { RunDeps } from '../../runs/run-deps.ts';
import { type PublishedTarget, startPublished } from '../../runs/start-published.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import { statusOf } from '../records/workflow-truth.ts';
import { finalFailure } from '../step-failed.ts';

export interface GatedStart {
  place: GatePlace;
  /** It follows from the deliveries: starting it twice makes one run. */
  run: string;
  items: Item[];
  /** When the first delivery came. */
  since: number;
  /** All that the run stands for. */
  deliveries: GateTrace[];
}

export interface DropReport {
  place: GatePlace;
  reason: DropReason;
  /** When the first of them came. */
  since: number;
  count: number;
  /** The first of them, and all that are shown somewhere. */
  deliveries: GateTrace[];
}

export interface GateActivities {
  /** Of the version that is published now; with none, the deliveries are reported as dropped. */
  startGated(start: GatedStart): Promise<void>;
  /** Into the audit log, once, and to where deliveries and events are shown. */
  reportDropped(report: DropReport): Promise<void>;
}

/** Ids that an entry of the audit log names. */
const mostNamed = 20;

export function createGateActivities(runs: RunDeps | undefined): GateActivities {
  const deps = () => {
    if (!runs) throw finalFailure({ code: 'no-temporal', message: 'This worker has no client of Temporal.' });
    return runs;
  };

  return { startGated, reportDropped };

  async function startGated({ place, run, items, since, deliveries }: GatedStart): Promise<void> {
    const { kind, workspace, automation } = place;
    const target = await publishedAt(deps(), place);
    // Before the run is there: what it emits counts as following from these events.
    if (target) await settle(place, deliveries, { kind: 'passed', run });
    const started =
      target && (await startPublished(deps(), versionGraphsOf(deps().db), target, { kind, items, run }));
    if (started) return;
    // An attempt before this one may have started it, and it was unpublished in between.
    const { temporal } = deps();
    if ((await statusOf(temporal, workflowIdOf({ workspace, automation, run }))).kind !== 'gone') return;
    await reportDropped({ place, reason: 'unpublished', since, count: deliveries.length, deliveries });
  }

  async function reportDropped({ place, reason, since, count, deliveries }: DropReport): Promise<void> {
    const { db } = deps();
    const { workspace, automation: id, node } = place;
    await settle(place, deliveries, { kind: 'dropped', reason });
    const stored = await db.inWorkspace(workspace, ({ automations }) => automations.get(id));
    await db.asSystem(({ auditLog }) =>
      auditLog.append({
        once: { at: since, key: JSON.stringify([workspace, id, node, reason, since, deliveries[0]?.id]) },
        workspace,
        actor: { type: 'system' },
        action: 'delivery.dropped',
        outcome: 'refused',
        resource: { type: 'automation', id, name: stored?.name },
        after: { node, reason, count, deliveries: deliveries.slice(0, mostNamed).map((one) => one.id) },
      }),
    );
  }

  /** Where deliveries are shown: who heard an event, and the log of a webhook. */
  async function settle(
    { workspace, automation, node }: GatePlace,
    deliveries: readonly GateTrace[],
    became: { kind: 'passed'; run: string } | { kind: 'dropped'; reason: DropReason },
  ): Promise<void> {
    const heard = deliveries.flatMap(({ event }) => event ?? []);
    const logged = deliveries.filter((one) => one.logged).map(({ id }) => id);
    if (heard.length === 0 && logged.length === 0) return;
    const run = became.kind === 'passed' ? became.run : undefined;
    const state = became.kind === 'passed' ? 'started' : became.reason === 'unpublished' ? 'gone' : 'dropped';
    const gate = became.kind === 'passed' ? 'passed' : became.reason;
    await deps().db.inWorkspace(workspace, async ({ events, webhookDeliveries }) => {
      await events.leaveGate(heard, { automation, node, state, run });
      await webhookDeliveries.leaveGate(logged, { gate, run });
    });
  }
}

/** Where the trigger is now; undefined when it is not published any more. */
async function publishedAt(
  { db }: RunDeps,
  { workspace, automation, node, kind }: GatePlace,
): Promise<PublishedTarget | undefined> {
  return await db.inWorkspace(workspace, async ({ webhooks, subscriptions }) => {
    if (kind === 'webhook') return await webhooks.target(automation, node);
    const listeners = await subscriptions.ofAutomation(automation);
    return listeners.find((one) => one.kind === 'event' && one.node === node);
  });
}
