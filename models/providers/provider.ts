/**
 * A provider: one file beside this one that speaks one protocol, and one line in `open-provider.ts`. It makes one request and reports
 * what comes; whether to try again, whom to ask next, what may be spent and how long to wait is the gateway's.
 */
import type { ChatChunk, ChatRequest, FinishReason } from '../../contracts/models/chat.ts';
import type { ModelPrice } from '../../contracts/models/price.ts';
import type { TokenUsage } from '../../contracts/models/usage.ts';

/** What comes of a chat, in order: chunks, then `finish` once. `usage` may come at any time; the last one counts. */
export type ProviderEvent =
  | { kind: 'chunk'; chunk: ChatChunk }
  | { kind: 'usage'; usage: TokenUsage }
  | { kind: 'finish'; reason: FinishReason };

export interface ProviderModel {
  id: string;
  /** As the maker calls it. */
  name?: string | undefined;
  /** Where the list says so. */
  price?: ModelPrice | undefined;
}

export interface ChatToMake extends ChatRequest {
  model: string;
  maxTokens: number;
}

export interface EmbedToMake {
  model: string;
  texts: string[];
}

export interface Provider {
  /** One request, streamed. A stream that ends without `finish` was cut. @throws ModelError */
  chat(request: ChatToMake, signal: AbortSignal): AsyncIterable<ProviderEvent>;
  /** @throws ModelError; `unknown-model` when it has no embeddings at all */
  embed(request: EmbedToMake, signal: AbortSignal): Promise<{ vectors: number[][]; usage: TokenUsage }>;
  /** @throws ModelError */
  listModels(signal: AbortSignal): Promise<ProviderModel[]>;
}
