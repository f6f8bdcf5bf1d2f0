/**
 * One call to one model, in the ledger from before its first byte to its end: begun with what it may cost at most, kept alive while it
 * runs, settled with what it did cost, whatever became of it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { JsonValue } from '../contracts/json.ts';
import type { CallOwner } from '../contracts/models/budget.ts';
import type { CallOperation } from '../contracts/models/call.ts';
import { costOf } from '../contracts/models/price.ts';
import type { ModelLimits } from '../contracts/models/provider.ts';
import { noUsage, type TokenUsage } from '../contracts/models/usage.ts';
import type { Database, ModelRepositories, Settlement } from '../db/index.ts';
import type { Candidate } from './candidates.ts';
import { brokenFrom, ModelError, rules } from './model-error.ts';
import { pauseCall } from './pause-call.ts';
import { refusalOf } from './refusal.ts';

export interface CallSettings {
  db: Database;
  log: Logger;
  /** Milliseconds without a sign of life after which a call counts as lost. */
  leaseMs: number;
}

export interface CallToMake<T> {
  workspace: string;
  key: string;
  operation: CallOperation;
  owner: CallOwner;
  candidate: Candidate;
  /** Of the workspace. */
  limits: ModelLimits;
  most: { input: number; output: number };
  signal: AbortSignal;
  /** Asks the provider. @throws ModelError, with `partial` where something may have been billed */
  ask(): Promise<Asked<T>>;
  /** Whether the model is left alone when it fails. Not for a test: whoever tests wants to see it work again. */
  notesHealth: boolean;
}

export interface Asked<T> {
  answer: T;
  usage: TokenUsage;
  firstTokenMs?: number | undefined;
}

export interface Paid {
  usage: TokenUsage;
  /** Micro-units; null: the model has no price. */
  cost: number | null;
}

export type MadeCall<T> =
  | ({ kind: 'made'; answer: T } & Paid)
  /** By a call before, with the same key. */
  | { kind: 'answered'; answer: JsonValue };

/** While another process makes the same call. */
const askAgainMs = 1_000;
/** The answer is there and paid: it is not thrown away because the database takes a breath. */
const settleTries = 6;

/**
 * @param keep what is stored for who asks again by the same key
 * @throws ModelError; the database's error when the call could not be begun or settled
 */
export async function makeCall<T>(
  { db, log, leaseMs }: CallSettings,
  call: CallToMake<T>,
  keep: (answer: T, paid: Paid) => JsonValue,
): Promise<MadeCall<T>> {
  const { candidate, workspace, notesHealth } = call;
  const models: InModels = (work) => db.inWorkspace(workspace, (repositories) => work(repositories.models));
  const begun = await begin(models, call, leaseMs);
  if (begun.kind === 'answered') return begun;
  const settle = (settlement: Settlement) =>
    patiently(() => models(({ ledger }) => ledger.settle(begun.id, settlement)));

  const alive = setInterval(() => {
    models(({ ledger }) => ledger.renew(begun.id, leaseMs)).catch((error: unknown) =>
      log.warn(
        { err: error, call: begun.id },
        'A call to a model could not be renewed; it is counted at its end',
      ),
    );
  }, leaseMs / 3);
  const began = Date.now();
  try {
    const asked = await outcomeOf(call, log);
    if ('error' in asked) {
      await settle(settlementOf(asked.error));
      if (notesHealth)
        await models(({ health }) => noteFailure(health, candidate, asked.error, Date.now() - began));
      throw asked.error;
    }
    const { answer, usage, firstTokenMs } = asked;
    const paid = { usage, cost: candidate.price && costOf(candidate.price, usage) };
    await settle({ state: 'succeeded', usage, firstTokenMs, answer: keep(answer, paid) });
    if (notesHealth && candidate.hasFailed) await models(({ health }) => health.noteSuccess(candidate.entry));
    return { kind: 'made', answer, ...paid };
  } finally {
    clearInterval(alive);
  }
}

type InModels = <R>(work: (models: ModelRepositories) => Promise<R>) => Promise<R>;

/** @throws ModelError `limited`, `over-budget`, `not-priced`, `aborted` */
async function begin(
  models: InModels,
  { key, operation, owner, candidate, limits, most, signal }: Omit<CallToMake<unknown>, 'ask'>,
  leaseMs: number,
): Promise<{ kind: 'begun'; id: string } | { kind: 'answered'; answer: JsonValue }> {
  for (;;) {
    const begun = await models(({ ledger }) =>
      ledger.begin({
        ...{ key, operation, owner, most, leaseMs },
        ...{ by: candidate.by, price: candidate.price },
        limits: { workspace: limits, provider: candidate.settings },
      }),
    );
    if (begun.kind === 'begun' || begun.kind === 'answered') return begun;
    if (begun.kind !== 'in-flight') throw refusalOf(begun, candidate);
    await pauseCall(Math.min(askAgainMs, begun.forMs + 1), signal);
  }
}

async function outcomeOf<T>({ ask }: CallToMake<T>, log: Logger): Promise<Asked<T> | { error: ModelError }> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof ModelError) return { error: thrown };
    log.error({ err: thrown }, 'A call to a model failed inside Hiviex');
    return {
      error: new ModelError(
        { kind: 'bad-answer', says: 'The call failed inside Hiviex.' },
        { cause: thrown },
      ),
    };
  }
}

function settlementOf(error: ModelError): Settlement {
  return {
    state: error.kind === 'aborted' ? 'aborted' : 'failed',
    usage: error.partial?.usage ?? noUsage,
    failure: { code: `model-${error.kind}`, message: error.message, hint: rules[error.kind].hint.en },
  };
}

async function noteFailure(
  health: ModelRepositories['health'],
  candidate: Candidate,
  { kind, retryAfterMs }: ModelError,
  tookMs: number,
): Promise<void> {
  const { restMs, mostAtOnce = brokenFrom } = rules[kind];
  if (restMs(mostFailures, retryAfterMs) === 0) return;
  candidate.hasFailed = true;
  await health.noteFailure(candidate.entry, kind, {
    restMs: (failures) => restMs(failures, retryAfterMs),
    ...{ tookMs, mostAtOnce },
  });
}

/** A kind that lets no model rest after so many never does. */
const mostFailures = 100;

async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      await work();
      return;
    } catch (error) {
      if (tries === settleTries) throw error;
      await pause(100 * 2 ** tries);
    }
}
