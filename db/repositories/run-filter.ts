/** Which runs a list or a count is about. */
import type { RunTrigger } from '../../contracts/run.ts';
import type { RunState } from '../../contracts/states.ts';
import type { Visible } from './grants.ts';

export interface RunFilter {
  automation?: string | undefined;
  state?: RunState | undefined;
  /** One of these. */
  states?: readonly RunState[] | undefined;
  trigger?: RunTrigger | undefined;
  /** A version's id. */
  version?: string | undefined;
  /** A run's id, or its workflow's in Temporal. */
  id?: string | undefined;
  /** The run that these take up. */
  retryOf?: string | undefined;
  /** ISO 8601; started at or after, before. */
  from?: string | undefined;
  to?: string | undefined;
  /** Runs of the automations that are; left out: all. */
  visible?: Visible | undefined;
}
