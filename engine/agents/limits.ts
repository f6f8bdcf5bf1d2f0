/** How much an agent's run may take, and what to say when that is used up. */
import type { AgentLimits } from '../../contracts/agents/agent.ts';
import type { ChatAnswer } from '../../contracts/models/chat.ts';
import { noUsage, type TokenUsage, totalTokens } from '../../contracts/models/usage.ts';
import type { Failure } from '../../contracts/run.ts';

/** What a run has taken so far. */
export interface Taken {
  modelCalls: number;
  toolCalls: number;
  usage: TokenUsage;
  /** Micro-units; null once a model without a price has answered. */
  cost: number | null;
  /** Milliseconds of work. */
  activeMs: number;
}

export const nothingTaken: Taken = {
  modelCalls: 0,
  toolCalls: 0,
  usage: noUsage,
  cost: 0,
  activeMs: 0,
};

/** The stricter of each. */
export function strictest(own: AgentLimits, given: Partial<AgentLimits> = {}): AgentLimits {
  const least = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
  return {
    steps: Math.min(own.steps, given.steps ?? own.steps),
    tokens: least(own.tokens, given.tokens),
    money: least(own.money, given.money),
    seconds: least(own.seconds, given.seconds),
  };
}

/** What several calls took together. Null: one of them has no price. */
export function sumOfCalls(
  calls: readonly Pick<ChatAnswer, 'usage' | 'cost'>[],
): Pick<Taken, 'usage' | 'cost'> {
  const { usage, cost } = calls.reduce(withAnswer, nothingTaken);
  return { usage, cost };
}

export function withAnswer(taken: Taken, { usage, cost }: Pick<ChatAnswer, 'usage' | 'cost'>): Taken {
  return {
    ...taken,
    modelCalls: taken.modelCalls + 1,
    usage: sumOf(taken.usage, usage),
    cost: taken.cost === null || cost === null ? null : taken.cost + cost,
  };
}

function sumOf(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    input: a.input + b.input,
    cached: a.cached + b.cached,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
    estimated: a.estimated || b.estimated,
  };
}

/** Asked before each call to the model: the limit that has been reached, if any. */
export function limitReached(taken: Taken, limits: AgentLimits): Failure | undefined {
  const { steps, tokens, money, seconds } = limits;
  if (taken.modelCalls >= steps)
    return reached('steps', `It asked the model ${steps} times without coming to an end.`);
  if (tokens !== undefined && totalTokens(taken.usage) >= tokens)
    return reached('tokens', `It used ${totalTokens(taken.usage)} tokens; ${tokens} are allowed.`);
  if (money !== undefined && taken.cost === null)
    return {
      code: 'agent-not-priced',
      message: 'A model without a price answered, and the agent has a limit of money.',
      hint: 'Say under Models → Prices what the model costs; 0 if nothing.',
    };
  if (money !== undefined && (taken.cost ?? 0) >= money)
    return reached('money', `It cost ${inMoney(taken.cost ?? 0)}; ${inMoney(money)} is allowed.`);
  if (seconds !== undefined && taken.activeMs >= seconds * 1_000)
    return reached(
      'seconds',
      `It worked for ${Math.round(taken.activeMs / 1_000)} s; ${seconds} s are allowed.`,
    );
  return undefined;
}

/** Most tokens of the next answer, so that a limit is passed by what is sent at most. */
export function answerLimit(
  taken: Taken,
  { tokens }: AgentLimits,
  own: number | undefined,
): number | undefined {
  if (tokens === undefined) return own;
  return Math.max(1, Math.min(own ?? Number.POSITIVE_INFINITY, tokens - totalTokens(taken.usage)));
}

function reached(what: 'steps' | 'tokens' | 'money' | 'seconds', message: string): Failure {
  return {
    code: `agent-limit-${what}`,
    message: `The agent was stopped at its limit. ${message}`,
    hint: 'Look at its steps: if it was on a good way, raise the limit in the agent; if it went in circles, make its instructions clearer.',
  };
}

function inMoney(micro: number): string {
  return `$${(micro / 1_000_000).toFixed(micro < 10_000 ? 6 : 2)}`;
}
