/**
 * What is said to a run from outside: somebody called its resume address, decided an approval, sent it a signal, another run ended.
 * All of it is one Temporal signal. A run keeps what nobody waits for yet, so an answer may come before its question.
 */
import { z } from 'zod';
import { binaryReference } from './item.ts';
import { jsonValue } from './json.ts';

/** Temporal's name of the signal; its one argument is a `RunMessage`. */
export const messageSignal = 'message';

/** Who says it, for people to read: in the items, in the run, in the audit. */
export const messageSender = z.object({
  kind: z.enum(['user', 'api-key', 'link', 'webhook', 'form', 'event', 'run', 'system']),
  id: z.string().optional(),
  name: z.string().optional(),
});
export type MessageSender = z.output<typeof messageSender>;

export const runMessage = z.object({
  /** A run hears each id once, however often the message is sent. */
  id: z.string().min(1).max(200),
  /** The address of what waits for it, from `addresses`. */
  to: z.string().min(1).max(300),
  body: jsonValue,
  /** Files that came along, by name. */
  binary: z.record(z.string(), binaryReference).optional(),
  by: messageSender.optional(),
});
export type RunMessage = z.output<typeof runMessage>;

/** Addresses within a run. */
export const addresses = {
  /** One step that waits: the address of a resume link, an event, a child run. */
  step: (node: string, index: number) => `step:${index}:${node}`,
  /** Whatever waits for a signal of this name. */
  signal: (name: string) => `signal:${name}`,
} as const;
