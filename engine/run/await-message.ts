/** A step waits for a message. While it does, the run may continue as new: the wait is set again, and takes what came meanwhile. */
import type { RunMessage } from '../../contracts/run-message.ts';
import type { RunContext } from './run-context.ts';
import type { Step } from './run-state.ts';

export interface Awaited {
  /** From `addresses`. */
  to: string;
  /** Epoch ms; left out: it waits for ever. */
  due?: number | undefined;
  /** Of the timer, for operators: the node's name. */
  label: string;
}

/** @returns undefined when it was due before a message came. Rejects with a cancellation. */
export async function awaitMessage(
  step: Step,
  { to, due, label }: Awaited,
  { mailbox, ports, waits }: RunContext,
): Promise<RunMessage | undefined> {
  for (;;) {
    const message = mailbox.take(to);
    if (message) return message;
    step.awaits = to;
    waits();
    const how = await ports.waitFor(mailbox.bell(to), due, label);
    // Not in a `finally`: a step whose wait was ended to hand over still counts as waiting.
    step.awaits = undefined;
    // Both may have come in one turn: an answer that was in time counts.
    if (how === 'due') return mailbox.take(to);
  }
}
