import type { RunDeps } from '../run-deps.ts';
import type { VersionGraphs } from '../version-graphs.ts';

/** What telling events needs. */
export interface EventDeps extends RunDeps {
  graphs: VersionGraphs;
  log: { warn(facts: object, message: string): void };
}
