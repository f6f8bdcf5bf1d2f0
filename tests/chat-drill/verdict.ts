/** What the drill found, of all answers and of the ledger of calls to models. */
import { setTimeout } from 'node:timers/promises';
import type { Message } from '../../contracts/api/conversations.ts';
import { hasEnded, textOf } from '../../contracts/chat/message.ts';
import type { Database } from '../../db/index.ts';
import { answerTo } from './providers.ts';

export interface ExpectedAnswer {
  question: string;
  /** Any of them. */
  states: readonly Message['state'][];
}

export interface Verdict {
  turns: number;
  /** Never ended, or not as they had to. */
  stuck: number;
  /** Answers that a run gave beside the first one. */
  duplicated: number;
  /** Answers in which words are missing. */
  missing: number;
  /** Answers in which words stand twice. */
  doubled: number;
  /** Tokens by which the budget differs from its calls. */
  ledgerDrift: number;
  /** Tokens that are reserved for calls which nobody makes any more. */
  reservations: number;
}

export async function judge(
  db: Database,
  answers: readonly { message: Message; expected: ExpectedAnswer }[],
): Promise<Verdict> {
  const count = (is: (text: string, whole: string, message: Message) => boolean) =>
    answers.filter(({ message, expected }) => is(textOf(message.parts), answerTo(expected.question), message))
      .length;
  // A title may still be in the making, and what killed processes had under way lapses after a while by itself.
  while ((await openCalls(db)) > 0) {
    await db.asSystem(({ modelCalls }) => modelCalls.settleLapsed());
    await setTimeout(250);
  }
  for (const { message, expected } of answers)
    if (!expected.states.includes(message.state))
      process.stdout.write(
        `${message.id} is ${message.state}, not ${expected.states.join(' or ')}: ${JSON.stringify({ failure: message.failure, question: expected.question })}\n`,
      );
  const [account] = await db.sql.query<{ spent: string; reserved: string }>(
    'select sum(spent) as spent, sum(reserved) as reserved from model_accounts',
  );
  const [calls] = await db.sql.query<{ tokens: string }>(
    'select coalesce(sum(input + output), 0) as tokens from model_calls',
  );
  const [runs] = await db.sql.query<{ more: number }>(
    'select (count(*) - count(distinct run))::int as more from messages where run is not null',
  );
  if (Number(account?.spent ?? 0) === 0) throw new Error('The budget counted nothing.');
  return {
    turns: answers.length,
    stuck: answers.filter(
      ({ message: { state }, expected }) => !hasEnded(state) || !expected.states.includes(state),
    ).length,
    duplicated: runs?.more ?? 0,
    missing: count((text, whole, { state }) => state === 'succeeded' && wordsIn(text) < wordsIn(whole)),
    doubled: count((text, whole, { state }) =>
      state === 'succeeded' ? wordsIn(text) > wordsIn(whole) : !whole.startsWith(text),
    ),
    ledgerDrift: Number(account?.spent ?? 0) - Number(calls?.tokens ?? 0),
    reservations: Number(account?.reserved ?? 0),
  };
}

async function openCalls(db: Database): Promise<number> {
  const [row] = await db.sql.query<{ count: number }>(
    `select count(*)::int as count from model_calls where state = 'open'`,
  );
  return row?.count ?? 0;
}

function wordsIn(text: string): number {
  return text.split(' ').length;
}
