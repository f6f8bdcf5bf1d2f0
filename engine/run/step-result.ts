/** What a step gave, before it is delivered. */
import type { Failure, WebhookResponse } from '../../contracts/run.ts';
import type { Traced } from '../items/traced.ts';

export type StepResult =
  | {
      kind: 'succeeded';
      outputs: Map<string, Traced[]>;
      attempts?: number | undefined;
      logs?: string[] | undefined;
      /** An item failed and went to the error port or on: the first such failure. */
      failure?: Failure | undefined;
      response?: WebhookResponse | undefined;
      /** It did not run: the run that made these outputs. */
      reusedFrom?: string | undefined;
    }
  | { kind: 'skipped'; outputs: Map<string, Traced[]> }
  | { kind: 'failed'; failure: Failure; attempts?: number | undefined; logs?: string[] | undefined }
  | { kind: 'cancelled'; error: unknown }
  /** Stopped at a safe point; its progress goes through continue-as-new. */
  | { kind: 'paused' };

/** Adds to the list at `port`, making it when there is none. */
export function emit(outputs: Map<string, Traced[]>, port: string, traced: Traced): void {
  const list = outputs.get(port);
  if (list) list.push(traced);
  else outputs.set(port, [traced]);
}
