import type { Failure } from '../../../contracts/run.ts';

/** A failure where there is room for plain text only, such as a tooltip: what happened, and below it what to do. */
export function failureText({ message, hint }: Pick<Failure, 'message' | 'hint'>): string {
  return hint ? `${message}\n${hint}` : message;
}
