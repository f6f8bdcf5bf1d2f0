/** Small true-to-life data for tests. */
import { ulid } from 'ulid';
import { type Graph, graph } from '../../contracts/graph.ts';
import type { RunEvent, RunHeader } from '../../contracts/run.ts';
import type { Database } from '../database.ts';

/** A new workspace with an owner; returns the workspace's id. */
export async function createWorkspace(database: Database): Promise<string> {
  const result = await database.asSystem(({ accounts }) =>
    accounts.createOwner({
      email: `${ulid()}@example.com`,
      name: 'Ana',
      passwordHash: 'a hash',
      workspace: 'Test',
    }),
  );
  if (result.kind !== 'created') throw new Error(`Unexpected: ${result.kind}`);
  return result.workspace.id;
}

/** A webhook that answers by its edit-fields node. */
export function webhookGraph(path = 'orders'): Graph {
  return graph.parse({
    nodes: [
      {
        id: 'hook',
        name: 'Webhook',
        type: 'webhook-trigger',
        position: { x: 0, y: 0 },
        parameters: { path, method: 'POST' },
      },
      { id: 'edit', name: 'Edit', type: 'edit-fields', position: { x: 200, y: 0 }, parameters: {} },
    ],
    edges: [{ source: 'hook', target: 'edit' }],
  });
}

export function runHeader(workspace: string, changes: Partial<RunHeader> = {}): RunHeader {
  const run = changes.run ?? ulid();
  return {
    run,
    workspace,
    automation: 'automation-1',
    version: 'version-1',
    trigger: 'webhook',
    triggerNode: 'hook',
    workflowId: `automation:${workspace}:automation-1:${run}`,
    startedAt: Date.parse('2026-03-01T12:00:00.000Z'),
    ...changes,
  };
}

/** Events of a run that takes `steps` one after the other and succeeds, a millisecond apart. */
export function runEvents(startedAt: number, steps: string[]): RunEvent[] {
  let seq = 0;
  const next = () => ({ seq, at: startedAt + seq++ });
  return [
    { type: 'run.started', state: 'running', ...next() },
    ...steps.flatMap((node, position): RunEvent[] => {
      const before = steps[position - 1];
      return [
        {
          type: 'step.started',
          node,
          index: 0,
          state: 'running',
          sources: before ? [{ port: 'main', node: before, index: 0, fromPort: 'main' }] : [],
          ...next(),
        },
        {
          type: 'step.finished',
          node,
          index: 0,
          state: 'succeeded',
          attempts: 1,
          outputs: { main: [{ json: { node, total: 120 } }] },
          ...next(),
        },
      ];
    }),
    { type: 'run.finished', state: 'succeeded', ...next() },
  ];
}
