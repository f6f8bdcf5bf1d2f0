/**
 * One poll of a trigger: asks, works out what is new, and starts a run with it; exactly once for each entry, whatever dies:
 *
 * 1. what is new is written down together with the fact that it was seen (one statement);
 * 2. its run is started, under an id that follows from the number of the batch;
 * 3. the source hears that it was accepted (a mail is marked as read);
 * 4. the batch is crossed out.
 *
 * Whoever dies between 1 and 4 leaves the batch to the next poll, which starts the same run: Temporal takes an id once.
 */
import { Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import { findNodeType } from '../../contracts/catalogue/index.ts';
import { StepFailure } from '../../contracts/effect.ts';
import type { GraphNode } from '../../contracts/graph.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { PollInput } from '../../contracts/polls.ts';
import type { Failure } from '../../contracts/run.ts';
import type { Database, Listener, TriggerCursor } from '../../db/index.ts';
import { createMask } from '../../outbound/mask-secrets.ts';
import type { RunDeps } from '../../runs/run-deps.ts';
import { startPublished } from '../../runs/start-published.ts';
import { runIdOf } from '../../runs/start-run.ts';
import { versionGraphsOf } from '../../runs/version-graphs.ts';
import type { PollSource } from './poll-source.ts';
import { isKnown, readState, takeNew, writeState } from './take-new.ts';

/** Rest after a failure, in milliseconds: doubled with each one, up to an hour. */
const firstRest = 30_000;
const longestRest = 3_600_000;

export type PollResult =
  | { kind: 'nothing-new' | 'first' | 'gone' | 'resting' | 'superseded' }
  | { kind: 'new'; items: number; run: string }
  | { kind: 'failed'; failure: Failure };

export interface PollDeps {
  runs: RunDeps;
  log: Logger;
  sources: Readonly<Record<string, PollSource>>;
}

export function createPoll({ runs, log, sources }: PollDeps): (input: PollInput) => Promise<PollResult> {
  const { db } = runs;
  const graphs = versionGraphsOf(db);

  const hand = async (
    listener: Listener,
    { batch, items, accepted }: { batch: number; items: readonly Item[]; accepted: () => Promise<void> },
  ): Promise<string> => {
    const { workspace, automation, node } = listener;
    const run = runOf(listener, batch);
    await startPublished(runs, graphs, listener, { kind: 'poll', items: [...items], run });
    await accepted();
    await db.inWorkspace(workspace, ({ triggerCursors }) =>
      triggerCursors.handed({ automation: automation.id, node }, batch),
    );
    return run;
  };

  return async ({ workspace, automation, node: nodeId }) => {
    const key = { automation, node: nodeId };
    const { listener, cursor } = await lookUp(db, { workspace, ...key });
    const graph = listener && (await graphs.get(listener.version.id, workspace));
    const node = graph?.nodes.get(nodeId);
    const source = node && sources[node.type];
    if (!listener || !node || !source) return { kind: 'gone' };
    if (cursor?.restUntil && Date.parse(cursor.restUntil) > Date.now()) return { kind: 'resting' };

    const asked = source.sourceOf(node);
    const former = cursor?.source === asked ? readState(cursor.state) : undefined;
    const whole = withDefaults(node);
    const after = cursor?.batch ?? 0;
    const secrets = new Set<string>();
    const context = {
      context: contextOf({ workspace, automation, node }),
      signal: Context.current().cancellationSignal,
      log: log.child({ workspace, automation, node: nodeId }),
      secrets,
    };
    const handed = (batch: number, items: readonly Item[]) =>
      hand(listener, { batch, items, accepted: async () => await source.accepted?.(whole, context, items) });
    try {
      if (cursor?.pending) await handed(cursor.batch, cursor.pending as unknown as Item[]);
      const answer = await source.ask(whole, {
        ...context,
        run: runOf(listener, after + 1),
        isKnown: (id) => isKnown(former, id),
        first: former === undefined,
        cursor: former?.cursor,
        mark: former?.mark,
      });
      const { state, items } = takeNew(answer, former);
      const written = await db.inWorkspace(workspace, ({ triggerCursors }) =>
        triggerCursors.found(key, {
          ...{ source: asked, state: writeState(state), after },
          items: items as unknown as JsonObject[],
        }),
      );
      if (!written) return { kind: 'superseded' };
      if (items.length === 0) return { kind: former ? 'nothing-new' : 'first' };
      return { kind: 'new', items: items.length, run: await handed(after + 1, items) };
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error;
      const failure = createMask(secrets)(error.failure);
      const restMs = Math.min(longestRest, error.retryAfterMs ?? firstRest * 2 ** (cursor?.failures ?? 0));
      await db.inWorkspace(workspace, ({ triggerCursors }) =>
        triggerCursors.failed(key, { source: asked, failure, restMs }),
      );
      return { kind: 'failed', failure };
    }
  };
}

function runOf({ workspace, automation, node }: Listener, batch: number): string {
  return runIdOf('poll', workspace, automation.id, node, String(batch));
}

async function lookUp(
  db: Database,
  { workspace, automation, node }: PollInput,
): Promise<{ listener: Listener | undefined; cursor: TriggerCursor | undefined }> {
  return await db.inWorkspace(workspace, async ({ subscriptions, triggerCursors }) => {
    const listeners = await subscriptions.ofAutomation(automation);
    return {
      listener: listeners.find((one) => one.kind === 'poll' && one.node === node),
      cursor: await triggerCursors.get({ automation, node }),
    };
  });
}

/** Published parameters are valid; what was left out gets its default. */
function withDefaults(node: GraphNode): GraphNode {
  const parameters = findNodeType(node.type)?.parameters.parse(node.parameters) as JsonObject | undefined;
  return { ...node, parameters: parameters ?? node.parameters };
}

function contextOf({
  workspace,
  automation,
  node,
}: {
  workspace: string;
  automation: string;
  node: GraphNode;
}) {
  const poll = `poll:${automation}:${node.id}`;
  return {
    ...{ workspace, automation, run: poll, node: node.id, nodeName: node.name, index: 0 },
    idempotencyKey: `${poll}:${Date.now()}`,
  };
}
