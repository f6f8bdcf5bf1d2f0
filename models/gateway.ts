/**
 * The way to every model. Give it a conversation and what to choose from; it finds a model that answers, pays by the ledger, and
 * streams what comes. One for each process:
 *
 *     const gateway = createModelGateway({ db, guard, log });
 *     const answer = await gateway.chat(
 *       { workspace, key: 'run-1:node:0', choice: { kind: 'default' }, owner: { run: 'run-1' }, signal },
 *       { messages: [{ role: 'user', content: 'Hello' }] },
 *       (delta) => socket.emit('delta', delta),
 *     );
 *
 * A call with a key that was answered before gives that answer, without asking anybody and without deltas.
 */
import type { Logger } from 'pino';
import { ulid } from 'ulid';
import type { JsonValue } from '../contracts/json.ts';
import type { CallOwner } from '../contracts/models/budget.ts';
import type { ChainEntry, ModelChoice } from '../contracts/models/chain.ts';
import {
  type ChatAnswer,
  type ChatDelta,
  type ChatRequest,
  defaultMaxTokens,
  type EmbedAnswer,
} from '../contracts/models/chat.ts';
import { noUsage } from '../contracts/models/usage.ts';
import type { Database } from '../db/index.ts';
import type { Guard } from '../outbound/guard/index.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { collectAnswer } from './collect-answer.ts';
import { makeCall } from './make-call.ts';
import { ModelError } from './model-error.ts';
import { openProvider } from './providers/open-provider.ts';
import type { Provider, ProviderModel } from './providers/provider.ts';
import { createSandboxProvider } from './providers/sandbox.ts';
import { tokensOf, tokensOfRequest } from './tokens.ts';
import { walkChain } from './walk-chain.ts';
import { watched } from './watched.ts';

export interface GatewayCall {
  workspace: string;
  /** The same whenever the same work asks again: after a crash, in a second attempt. */
  key: string;
  choice: ModelChoice;
  /** Whose budgets and usage it counts for. */
  owner: CallOwner;
  /** Ends it. What had come by then is paid. */
  signal: AbortSignal;
  /** Default `call`; a `test` lets no model rest, and asks one that does. */
  purpose?: 'call' | 'test' | undefined;
}

export interface ModelGateway {
  /** @throws ModelError; with `partial` when the answer had begun */
  chat(call: GatewayCall, request: ChatRequest, onDelta?: (delta: ChatDelta) => void): Promise<ChatAnswer>;
  /** @throws ModelError */
  embed(call: GatewayCall, texts: string[]): Promise<EmbedAnswer>;
  /** What the provider offers, asked now. @throws ModelError */
  listModels(workspace: string, provider: string): Promise<ProviderModel[]>;
}

export interface GatewayOptions {
  db: Database;
  guard: Pick<Guard, 'fetch'>;
  log: Logger;
  /** Milliseconds without a sign of life after which a call counts as lost. Default 20,000. */
  leaseMs?: number | undefined;
  /** Milliseconds that a call waits for limits and pauses in all. Default 20,000; whoever has more time asks again. */
  maxWaitMs?: number | undefined;
  /** Of the sandbox: milliseconds between words. */
  sandboxPaceMs?: number | undefined;
}

/** Estimates may be too low; what is reserved should not be. */
const safety = 1.15;
/** Milliseconds for a list of models. */
const listPatience = 20_000;
/** While the first caller tries a model that was broken. */
const tryingMs = 10_000;

export function createModelGateway({
  db,
  guard,
  log,
  leaseMs = 20_000,
  maxWaitMs = 20_000,
  sandboxPaceMs,
}: GatewayOptions): ModelGateway {
  const sandbox = createSandboxProvider({ paceMs: sandboxPaceMs });

  async function open(workspace: string, { kind, credential }: Candidate): Promise<Provider> {
    if (kind === 'sandbox') return sandbox;
    const opened = await db.inWorkspace(workspace, async ({ credentials }) => {
      const found = await credentials.open(credential);
      void credentials.touch(credential).catch(() => undefined);
      return found;
    });
    return openProvider(kind, opened, guard);
  }

  async function walk<T>(
    { workspace, choice, signal, purpose }: GatewayCall,
    operation: 'chat' | 'embed',
    attempt: (candidate: Candidate, limits: object) => Promise<T>,
  ): Promise<T> {
    const chain = choice.kind === 'chain' ? choice.chain : undefined;
    const setup = await db.inWorkspace(workspace, ({ models }) => models.setup(chain));
    const candidates = candidatesOf(setup, choice, operation);
    return walkChain({
      candidates: purpose === 'test' ? candidates.map(rested) : candidates,
      attempt: (candidate) => attempt(candidate, setup.limits),
      mayTry: ({ entry }) =>
        db.inWorkspace(workspace, ({ models }) => models.health.claimTry(entry, tryingMs)),
      signal,
      maxWaitMs,
    });
  }

  return {
    chat: (call, request, onDelta = () => undefined) =>
      walk(call, 'chat', async (candidate, limits) => {
        const { workspace, key, owner, signal, purpose = 'call' } = call;
        const { by } = candidate;
        const maxTokens = request.maxTokens ?? defaultMaxTokens;
        const made = await makeCall(
          { db, log, leaseMs },
          {
            ...{ workspace, key, owner, candidate, limits, signal },
            operation: purpose === 'test' ? 'test' : 'chat',
            notesHealth: purpose !== 'test',
            most: { input: Math.ceil(tokensOfRequest(request) * safety), output: maxTokens },
            async ask() {
              const provider = await open(workspace, candidate);
              const collected = await collectAnswer(
                (inner) => provider.chat({ ...request, model: by.model, maxTokens }, inner),
                { request, patience: patienceOf(candidate), signal, onDelta, newId: () => `call_${ulid()}` },
              );
              return { answer: collected, usage: collected.usage, firstTokenMs: collected.firstTokenMs };
            },
          },
          (collected, paid) => toAnswer(collected, paid, by) as unknown as JsonValue,
        );
        if (made.kind === 'answered') return made.answer as unknown as ChatAnswer;
        return toAnswer(made.answer, made, by);
      }),

    embed: (call, texts) =>
      walk(call, 'embed', async (candidate, limits) => {
        const { workspace, key, owner, signal } = call;
        const { by } = candidate;
        const estimated = texts.reduce((sum, text) => sum + tokensOf(text), 0);
        const made = await makeCall(
          { db, log, leaseMs },
          {
            ...{ workspace, key, owner, candidate, limits, signal },
            ...{ operation: 'embed', notesHealth: true },
            most: { input: Math.ceil(estimated * safety), output: 0 },
            async ask() {
              const provider = await open(workspace, candidate);
              const watch = watched(signal, patienceOf(candidate));
              try {
                const { vectors, usage } = await provider.embed({ model: by.model, texts }, watch.signal);
                const isCounted = usage.input > 0 || estimated === 0;
                return {
                  answer: vectors,
                  usage: isCounted ? usage : { ...noUsage, input: estimated, estimated: true },
                };
              } catch (error) {
                // It was sent, and nobody knows what became of it.
                if (error instanceof ModelError && (error.kind === 'timeout' || error.kind === 'aborted'))
                  error.partial = {
                    ...{ text: '', reasoning: '', toolCalls: [], begun: false },
                    usage: { ...noUsage, input: estimated, estimated: true },
                  };
                throw error;
              } finally {
                watch.stop();
              }
            },
          },
          (vectors, { usage, cost }) => ({ vectors, usage: { ...usage }, cost, by: { ...by } }),
        );
        if (made.kind === 'answered') return made.answer as unknown as EmbedAnswer;
        return { vectors: made.answer, usage: made.usage, cost: made.cost, by };
      }),

    async listModels(workspace, provider) {
      const entry: ChainEntry = { provider, model: '' };
      const setup = await db.inWorkspace(workspace, ({ models }) => models.setup(undefined));
      const enabled = { ...setup, providers: setup.providers.map((each) => ({ ...each, enabled: true })) };
      const [candidate] = candidatesOf(enabled, { kind: 'model', entry });
      const client = await open(workspace, candidate!);
      const watch = watched(new AbortController().signal, {
        firstTokenMs: listPatience,
        betweenTokensMs: listPatience,
      });
      try {
        return await client.listModels(watch.signal);
      } finally {
        watch.stop();
      }
    },
  };
}

function rested(candidate: Candidate): Candidate {
  return { ...candidate, restUntil: 0, isBroken: false };
}

function patienceOf({ settings }: Candidate) {
  return {
    firstTokenMs: settings.firstTokenSeconds * 1_000,
    betweenTokensMs: settings.betweenTokensSeconds * 1_000,
  };
}

function toAnswer(
  { text, reasoning, toolCalls, finish }: Pick<ChatAnswer, 'text' | 'reasoning' | 'toolCalls' | 'finish'>,
  { usage, cost }: Pick<ChatAnswer, 'usage' | 'cost'>,
  by: ChatAnswer['by'],
): ChatAnswer {
  return { text, reasoning, toolCalls, finish, usage, cost, by };
}
