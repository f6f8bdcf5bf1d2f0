/** An effect: what one node type does to the world, as a plain function. `effect-activity.ts` makes a Temporal activity of it. */
import type { Logger } from 'pino';
import type { AnswerStreams } from '../contracts/chat/stream.ts';
import type { EffectInput, EffectResult } from '../contracts/effect.ts';
import type { Database } from '../db/index.ts';
import type { KnowledgeSearch, ModelGateway } from '../models/index.ts';
import type { Guard } from '../outbound/guard/index.ts';
import type { RunDeps } from '../runs/run-deps.ts';
import type { Files, ObjectStore } from '../storage/index.ts';
import type { CredentialValues } from './credentials/credential-values.ts';
import type { CredentialResolver } from './credentials/resolve-credential.ts';
import type { McpCalls } from './mcp/mcp-calls.ts';
import type { TransformPool } from './transforms/transform-pool.ts';

export interface EffectRun {
  /** Aborts on cancel, at `input.timeoutMs` and when the worker shuts down. An effect that ignores it leaks work, not time. */
  signal: AbortSignal;
  /** Bound to the run, node and attempt. Never log parameters, headers or items: they hold secrets. */
  log: Logger;
  /** Every secret that the step uses, in each form it is sent in: masked in all that the step gives and says. Add before use. */
  secrets: Set<string>;
  /**
   * Reads and keeps files of the run: `open(item.binary.data)` and `save(stream, …)`, whose reference goes into `Item.binary`. A
   * StorageError may go through: it becomes the step's failure.
   */
  files: Files;
}

export interface Effect {
  /** @throws StepFailure for everything a builder can understand; anything else is reported as an internal error. */
  run(input: EffectInput, context: EffectRun): Promise<EffectResult>;
  /** Markers of secret variables in its parameters are exchanged for the values before it runs. Others see the markers. */
  takesSecretVariables?: true;
  /** Frees threads and sockets. */
  close?(): Promise<void>;
}

/** What an effect may be made of. */
export interface EffectSettings {
  /** The largest result of a step, as JSON. Bytes: all of it is in the memory of the workflow and of whoever shows it. */
  maxResultBytes: number;
  /** The way to every URL that a builder gives. Whoever made it closes it. */
  guard: Guard;
  /** What the workspace stores: tables, keys, history. Unset in tests of effects that need none. */
  db?: Database | undefined;
  /** Opens the credentials that nodes name. */
  credentials: CredentialResolver;
  /** What they hold, for other protocols than HTTP. */
  credentialValues: CredentialValues;
  /** The way to language models. Unset without a database. */
  models?: ModelGateway | undefined;
  /** The way to tools of MCP servers. Whoever made it closes it. */
  mcp: McpCalls;
  /** Where files, large values and documents are kept. Unset on workers that have none. */
  store?: ObjectStore | undefined;
  /** Searching in knowledge bases. Unset without a database. */
  knowledge?: KnowledgeSearch | undefined;
  /** Threads for what may burn the processor. Whoever made it closes it. */
  transforms: TransformPool;
  /** For effects that start or signal runs. Unset on workers that have none. */
  runs?: RunDeps | undefined;
  /** The way into the answers of conversations. Unset on workers without a database. */
  answers?: AnswerStreams | undefined;
}

export const defaultMaxResultBytes = 32_000_000;
