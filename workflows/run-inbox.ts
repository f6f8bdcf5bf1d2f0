/** Messages on their way from Temporal's signal to the engine: none is lost before it listens, or after it has handed over. */
import { log } from '@temporalio/workflow';
import { type RunMessage, runMessage } from '../contracts/run-message.ts';

/** `false`: there was no room for it. */
type Listener = (message: RunMessage) => boolean;

export class RunInbox {
  private readonly waiting: RunMessage[];
  private listener: Listener | undefined;

  /** @param first what the execution before this one did not hear any more */
  constructor(first: readonly RunMessage[] = []) {
    this.waiting = [...first];
  }

  /** A signal may come from anywhere, an operator's shell too: one that is no message is left out. */
  receive(given: unknown): void {
    const { data: message, error } = runMessage.safeParse(given);
    if (!message) log.warn('A signal is not a message', { error: error.message });
    else if (this.listener) tell(this.listener, message);
    else this.waiting.push(message);
  }

  /** Hands on what came and what comes. Returns the function that ends it. */
  listen(listener: Listener): () => void {
    this.listener = listener;
    for (const message of this.waiting.splice(0)) tell(listener, message);
    return () => {
      this.listener = undefined;
    };
  }

  /** What came while nobody listened. */
  unheard(): RunMessage[] {
    return this.waiting.splice(0);
  }
}

function tell(listener: Listener, message: RunMessage): void {
  if (!listener(message))
    log.warn('A message was dropped: the run keeps too many that none of its steps takes', {
      to: message.to,
    });
}
