/**
 * Records the histories that replay.test.ts replays:
 *
 *     node_modules/.bin/node tests/replay/record.ts            # every case that has no history yet
 *     node_modules/.bin/node tests/replay/record.ts order poll # these again
 *
 * A history belongs to the engine version that made it. Never record an old one again to make a test pass: runs with such
 * histories are under way on somebody's server. A new engine version gets a new folder beside `v1`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Graph } from '../../contracts/graph.ts';
import { snapshotVersion } from '../../engine/run/snapshot.ts';
import { findTemporalBinary } from '../../scripts/stack/temporal-binary.ts';
import { publishAgent } from '../support/publish-agent.ts';
import { agentCases } from './agent-cases.ts';
import { conversationCases } from './conversation-cases.ts';
import { type GateCase, gateCases } from './gate-cases.ts';
import { knowledgeCases } from './knowledge-cases.ts';
import { openedHistory } from './opened-history.ts';
import { type RecordedCase, recordedCases } from './recorded-cases.ts';
import type { Recording } from './recording.ts';
import { type RunningEngine, startEngine } from './running-engine.ts';
import { startStubService } from './stub-service.ts';
import { tickedRun } from './ticked-run.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(import.meta.dirname, 'histories', `v${snapshotVersion}`);
const fileOf = (name: string) => join(folder, `${name}.json`);
const mostBytes = 100_000;

async function record(engine: RunningEngine, one: RecordedCase | GateCase): Promise<void> {
  if ('record' in one) {
    const executions = await executionsOf(engine, await one.record(engine));
    return write(one.name, { events: [], executions });
  }
  const { name, start, act, flow, ticks } = one;
  const graph = await withOthers(engine, one);
  const automation = { id: name, name };
  if (flow) await engine.limit(flow.concurrency);
  const { run, handle } = ticks
    ? await tickedRun(engine, graph, automation)
    : await engine.start(graph, { automation, ...start });
  await act?.(engine, run, handle);
  await handle.result().catch(() => undefined);
  if (flow) await engine.limit(undefined);
  write(name, { events: engine.events(run), executions: await executionsOf(engine, handle) });
}

function write(name: string, recording: Recording): void {
  const file = fileOf(name);
  writeFileSync(file, JSON.stringify(recording, undefined, 2));
  execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', file], { cwd: root });
  const { size } = statSync(file);
  if (size > mostBytes) throw new Error(`${name} has ${size} bytes: make the case smaller.`);
  const end = recording.events.at(-1);
  const state = end?.type === 'run.finished' ? end.state : 'reports nothing';
  console.log(`${name}: ${state}, ${recording.executions.length} execution(s), ${size} bytes`);
}

/** Its graph, with the ids of the automations that it calls. */
async function withOthers(
  engine: RunningEngine,
  { graph, others = {}, agents = {} }: RecordedCase,
): Promise<Graph> {
  let text = JSON.stringify(graph);
  for (const [name, draft] of Object.entries(agents))
    text = text.replaceAll(`agent:${name}`, await publishAgent(engine.db, engine.workspace, name, draft));
  for (const [name, other] of Object.entries(others))
    text = text.replaceAll(`other:${name}`, await engine.publish(name, other));
  return JSON.parse(text) as Graph;
}

/** From the first of a chain to the last. */
async function executionsOf(
  { client, codec }: RunningEngine,
  { workflowId }: WorkflowHandle,
): Promise<Recording['executions']> {
  const executions: Recording['executions'] = [];
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  let runId = raw.workflowExecutionInfo?.firstRunId ?? undefined;
  while (runId) {
    const sealed = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const history = await openedHistory(sealed, codec);
    executions.push(JSON.parse(historyToJSON(history)) as Recording['executions'][number]);
    runId =
      history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
  return executions;
}

const wanted = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const stub = await startStubService();
const cases: (RecordedCase | GateCase)[] = [
  ...recordedCases(stub.url),
  ...gateCases,
  ...agentCases,
  ...conversationCases,
  ...knowledgeCases,
];
const todo = cases.filter(({ name }) =>
  wanted.length > 0 ? wanted.includes(name) : !existsSync(fileOf(name)),
);
const binary = await findTemporalBinary({ say: console.log });
for (const [continueAsNewAfter, some] of Map.groupBy(todo, (one) => one.continueAsNewAfter)) {
  const engine = await startEngine({ binary, continueAsNewAfter });
  for (const one of some) await record(engine, one);
  await engine.close();
}
await stub.close();
