/**
 * Events of a workspace: something happened, and whoever wants to hear of it listens by name. Emitted by automations, by programs
 * (`POST /api/v1/events`) and by Hiviex itself.
 */
import { z } from 'zod';
import type { JsonValue } from './json.ts';

/** `order.paid`: parts of letters, digits, `_` and `-`, with dots between. */
export const eventNamePattern = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;
const listenedPattern = /^(\*|[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*(\.\*)?)$/;

export const eventName = z
  .string()
  .max(100)
  .regex(eventNamePattern, 'Use letters, digits, _ and -, with dots between parts: order.paid.');

/** What a listener names: one event, `order.*` for everything under `order`, or `*` for all. */
export const listenedName = z
  .string()
  .max(100)
  .regex(listenedPattern, 'Name an event such as order.paid, order.* for all under it, or * for all.');

/** Names that only Hiviex itself emits, so that hearing one is knowing it. */
const ownPrefixes = ['run.', 'agent.', 'chat.', 'file.', 'billing.'] as const;

export function isOwnName(name: string): boolean {
  return ownPrefixes.some((prefix) => name.startsWith(prefix));
}

/** Events that Hiviex emits about what it does. */
export const systemEvents = [
  'run.finished',
  'run.failed',
  'agent.finished',
  'agent.failed',
  'chat.answered',
  'chat.feedback',
  'file.uploaded',
] as const;
export type SystemEvent = (typeof systemEvents)[number];

/**
 * How many events may follow from each other: a run that an event started may emit another, and so on. An automation that hears what
 * it emits would else run for ever.
 */
export const maxEventDepth = 20;

/** The most that an event may carry, as JSON. Bytes. */
export const maxEventBytes = 256_000;

/** Who emitted it. */
export const eventSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), automation: z.string(), run: z.string(), node: z.string() }),
  /** By a key or a signed-in person. */
  z.object({ kind: z.literal('api'), by: z.string() }),
  z.object({ kind: z.literal('system'), automation: z.string().optional(), run: z.string().optional() }),
  /** A person asked for this one again. */
  z.object({ kind: z.literal('replay'), event: z.string() }),
]);
export type EventSource = z.output<typeof eventSource>;

export interface WorkspaceEvent {
  id: string;
  name: string;
  /** UTC, ISO 8601. */
  at: string;
  source: EventSource;
  data: JsonValue;
}

/**
 * - `pending`: it is to hear the event; its run has not been started yet.
 * - `started`: its run was started.
 * - `filtered`: its conditions did not hold.
 * - `refused`: the event is one too many in a chain of events.
 * - `failed`: its conditions could not be evaluated.
 * - `gated`: its trigger's gate holds it; a run follows.
 * - `dropped`: the gate let no run start for it.
 * - `gone`: it was unpublished before its run could be started.
 */
export const hearingState = z.enum([
  'pending',
  'started',
  'filtered',
  'refused',
  'failed',
  'gone',
  'gated',
  'dropped',
]);
export type HearingState = z.output<typeof hearingState>;

/** Every key under which somebody may listen to an event of this name: for `a.b.c` itself, `a.b.*`, `a.*` and `*`. */
export function listenedKeysOf(name: string): string[] {
  const parts = name.split('.');
  const prefixes = parts.slice(0, -1).map((_, count) => `${parts.slice(0, count + 1).join('.')}.*`);
  return [name, ...prefixes.reverse(), '*'];
}
