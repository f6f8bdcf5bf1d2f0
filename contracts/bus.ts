/**
 * What processes tell each other at once and nobody stores: the worker tells the API which runs moved, the API tells browsers.
 * A lost message costs a moment of freshness, never truth: records and Temporal have that.
 */
import { z } from 'zod';
import { answerBatch } from './chat/stream.ts';
import { runEvent, webhookResponse } from './run.ts';
import { runState } from './states.ts';

export const busMessage = z.discriminatedUnion('kind', [
  /** Events of one run, in order of `seq`. Outputs may be left out to keep the message small: `partial` says so. */
  z.object({
    kind: z.literal('run.events'),
    workspace: z.string(),
    automation: z.string(),
    run: z.string(),
    events: z.array(runEvent),
    partial: z.boolean().optional(),
  }),
  /** The answer for whoever holds a webhook's request open. */
  z.object({
    kind: z.literal('run.answer'),
    workspace: z.string(),
    run: z.string(),
    response: webhookResponse,
  }),
  z.object({
    kind: z.literal('run.ended'),
    workspace: z.string(),
    run: z.string(),
    state: runState,
    reason: z.string().optional(),
  }),
  /** These sessions or keys are over: whatever they hold open is to be closed at once. */
  z.object({
    kind: z.literal('credentials.ended'),
    sessions: z.array(z.string()),
    keys: z.array(z.string()),
  }),
  /** What somebody may do in the workspace changed: whatever is open is to be asked again. Without a user: everybody's. */
  z.object({ kind: z.literal('access.changed'), workspace: z.string(), user: z.string().optional() }),
  /** An approval was opened, decided or closed. */
  z.object({
    kind: z.literal('approval.changed'),
    workspace: z.string(),
    automation: z.string(),
    approval: z.string(),
  }),
  /** An answer has grown, and is stored. */
  answerBatch.extend({ kind: z.literal('chat.answer'), workspace: z.string() }),
  /** Words of an agent's run that is followed: what attempt `attempt` of `step` says, in pieces from `seq` 0. */
  z.object({
    kind: z.literal('agent.said'),
    workspace: z.string(),
    run: z.string(),
    step: z.int(),
    attempt: z.int(),
    seq: z.int(),
    text: z.string(),
  }),
  /** There are new messages in a conversation, or what is said of it (title, branch) has changed. */
  z.object({
    kind: z.literal('chat.changed'),
    workspace: z.string(),
    conversation: z.string(),
    /** Whose it is, and whether others see it: who is told that their list has changed. */
    owner: z.string(),
    isOpen: z.boolean(),
    messages: z.array(z.string()),
  }),
  /** Somebody looks at a conversation, types in it, or has gone. */
  z.object({
    kind: z.literal('chat.person'),
    workspace: z.string(),
    conversation: z.string(),
    person: z.string(),
    name: z.string(),
    state: z.enum(['here', 'typing', 'gone']),
    /** They have just come: whoever else is there says so again. */
    asks: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('notification.changed'), workspace: z.string(), person: z.string() }),
  /** How the runs of a workspace flow was changed. */
  z.object({ kind: z.literal('workspace.changed'), workspace: z.string() }),
  z.object({ kind: z.literal('automation.changed'), workspace: z.string(), automation: z.string() }),
]);
export type BusMessage = z.output<typeof busMessage>;

export interface Bus {
  publish(message: BusMessage): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (message: BusMessage) => void): () => void;
  close(): Promise<void>;
}
