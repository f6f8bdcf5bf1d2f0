/** Asks a chain or a model of a provider, by the gateway that everything asks by: limits, budgets, prices and the ledger are its. */
import type { ModelChoice } from '../../contracts/models/chain.ts';
import type { ChatRequest } from '../../contracts/models/chat.ts';
import { contentHash } from '../../db/index.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import type { Answered, Asking } from './answered.ts';

export interface ModelToAsk {
  principal: WorkspacePrincipal;
  choice: ModelChoice;
  /** The same whenever the same caller repeats the request. */
  key: string;
  /** The caller has left: what had come by then is paid. */
  signal: AbortSignal;
}

export function askModel(to: ModelToAsk, request: ChatRequest, { models }: Pick<ApiDeps, 'models'>): Asking {
  return {
    async answer(onChunk): Promise<Answered> {
      let hasPieces = false;
      const answer = await models.chat(callOf(to, request), request, (delta) => {
        hasPieces = true;
        onChunk(delta);
      });
      const { text, reasoning, toolCalls, finish, usage, cost, by } = answer;
      // One that was answered before, by the same key.
      if (!hasPieces) {
        if (reasoning !== '') onChunk({ kind: 'reasoning', text: reasoning });
        if (text !== '') onChunk({ kind: 'text', text });
        for (const [index, call] of toolCalls.entries()) onChunk({ kind: 'tool-call', index, ...call });
      }
      const here = { provider: by.providerName, model: by.model, cost, estimated: usage.estimated };
      return { text, reasoning, toolCalls, finish, usage, here };
    },
  };
}

/** As every call's: the question is part of the key. */
export function callOf({ principal, choice, key, signal }: ModelToAsk, what: object) {
  const { workspace, user } = principal;
  const hash = contentHash({ what, choice });
  return { ...{ workspace, choice, signal }, key: `v1:${key}:${hash.slice(0, 16)}`, owner: { member: user } };
}
