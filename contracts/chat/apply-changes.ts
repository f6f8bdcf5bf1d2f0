/** Puts what is new of an answer on top of what was known: the same in the database's records, in the API and in the browser. */

import type { Failure } from '../run.ts';
import type { AnswerCost, MessagePart, MessageState, WrittenBy } from './message.ts';
import type { AnswerBatch, AnswerChange } from './stream.ts';

/** What changes of a message while it is answered. */
export interface GrowingAnswer {
  seq: number;
  state: MessageState;
  parts: readonly MessagePart[];
  failure?: Failure | undefined;
  took?: AnswerCost | undefined;
}

/** @returns undefined when a batch between is missing: ask for the message again. The same answer when the batch is known. */
export function applyBatch<T extends GrowingAnswer>(
  answer: T,
  batch: Pick<AnswerBatch, 'seq' | 'changes'>,
): T | undefined {
  if (batch.seq <= answer.seq) return answer;
  if (batch.seq > answer.seq + 1) return undefined;
  return { ...applyChanges(answer, batch.changes), seq: batch.seq };
}

export function applyChanges<T extends GrowingAnswer>(answer: T, changes: readonly AnswerChange[]): T {
  const parts = [...answer.parts];
  let now = answer;
  for (const change of changes) {
    if (change.kind !== 'state') {
      applyToParts(parts, change);
      continue;
    }
    const { state, failure, took } = change;
    now = { ...now, state, ...(failure && { failure }), ...(took && { took }) };
  }
  return { ...now, parts };
}

function applyToParts(parts: MessagePart[], change: Exclude<AnswerChange, { kind: 'state' }>): void {
  switch (change.kind) {
    case 'begin': {
      const { run, step } = change.by;
      const kept = parts.filter(({ by }) => !by || by.run !== run || by.step < step);
      parts.splice(0, parts.length, ...kept);
      return;
    }
    case 'text':
    case 'reasoning': {
      const { kind: type, by, delta } = change;
      const last = parts.at(-1);
      if (last?.type === type && isSame(last.by, by))
        parts[parts.length - 1] = { ...last, text: last.text + delta };
      else parts.push({ type, text: delta, by });
      return;
    }
    case 'part': {
      const { part } = change;
      const position =
        part.type === 'tool'
          ? parts.findIndex(
              (each) =>
                each.type === 'tool' &&
                each.call === part.call &&
                each.by?.run === part.by?.run &&
                each.by?.step === part.by?.step,
            )
          : -1;
      if (position < 0) parts.push(part);
      else parts[position] = part;
    }
  }
}

function isSame(one: WrittenBy | undefined, other: WrittenBy): boolean {
  return one?.run === other.run && one.step === other.step && one.attempt === other.attempt;
}
