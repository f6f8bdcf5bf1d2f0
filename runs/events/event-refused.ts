import { maxEventBytes, maxEventDepth } from '../../contracts/events.ts';
import type { Failure } from '../../contracts/run.ts';

/** An event that is not emitted, with the reason as a person reads it. */
export class EventRefused extends Error {
  readonly failure: Failure;

  constructor(code: 'event-too-large' | 'event-loop', { name, bytes = 0 }: { name: string; bytes?: number }) {
    const failure: Failure =
      code === 'event-too-large'
        ? {
            code,
            message: `The event "${name}" carries ${bytes} bytes; ${maxEventBytes} is the most.`,
            hint: 'Send what identifies the thing, or a link to it, and have listeners fetch the rest.',
          }
        : {
            code,
            message: `The event "${name}" would be number ${maxEventDepth + 1} of a chain in which each event started the run that emitted the next.`,
            hint: 'An automation hears, maybe by way of others, what it emits itself. Give one of them a condition, or another event name.',
          };
    super(failure.message);
    this.name = 'EventRefused';
    this.failure = failure;
  }
}
