/**
 * What a workspace says of the flow of its runs, remembered: every start asks for it, and hardly anybody changes it.
 *
 * A change is told by the bus and forgotten at once. Should the bus lose the message, a process goes on for `freshMs` as if the change
 * came that much later.
 */
import type { Bus } from '../contracts/bus.ts';
import type { RunFlow, StoredFlow } from '../contracts/flow.ts';
import type { Database } from '../db/index.ts';

/** Milliseconds that an answer of the database is good for, and the most workspaces kept. */
const freshMs = 10_000;
const most = 5_000;

export interface WorkspaceFlows {
  get(workspace: string): Promise<StoredFlow>;
  forget(workspace: string): void;
}

const ofDatabase = new WeakMap<Database, WorkspaceFlows>();

/** One for all in this process that start runs. */
export function workspaceFlowsOf(db: Database): WorkspaceFlows {
  const known = ofDatabase.get(db) ?? createWorkspaceFlows(db);
  ofDatabase.set(db, known);
  return known;
}

/** Forgets what the bus says has changed. Returns the function that ends it. */
export function forgetChangedFlows(db: Database, bus: Bus): () => void {
  const flows = workspaceFlowsOf(db);
  return bus.subscribe((message) => {
    if (message.kind === 'workspace.changed') flows.forget(message.workspace);
  });
}

/** What of it a run is given: undefined when nothing, so that most inputs stay as they are. */
export function runFlowOf({ concurrency }: StoredFlow): RunFlow | undefined {
  return concurrency && { concurrency };
}

function createWorkspaceFlows(db: Database): WorkspaceFlows {
  const kept = new Map<string, { flow: Promise<StoredFlow>; until: number }>();

  return {
    get(workspace) {
      const known = kept.get(workspace);
      if (known && known.until > performance.now()) return known.flow;
      // Kept before it is there: a burst of starts asks once, and a change meanwhile forgets it like any other.
      const entry = {
        flow: db.asSystem(({ workspaces }) => workspaces.flow(workspace)),
        until: performance.now() + freshMs,
      };
      entry.flow.catch(() => {
        if (kept.get(workspace) === entry) kept.delete(workspace);
      });
      if (kept.size >= most) kept.clear();
      kept.set(workspace, entry);
      return entry.flow;
    },
    forget: (workspace) => void kept.delete(workspace),
  };
}
