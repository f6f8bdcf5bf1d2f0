/**
 * The workflow behind a conversation: one for each, for as long as it is talked in. It takes turns, gives each to an agent run (or a
 * run of an automation) and sees to it that every answer ends. Texts are in the database; the workflow holds ids.
 */
import { z } from 'zod';

/** Temporal's name of the workflow. It is served on the queue `agents`. */
export const conversationWorkflow = 'conversation';
export function conversationIdOf(workspace: string, conversation: string): string {
  return `conversation:${workspace}:${conversation}`;
}

/** Updates: acknowledged when the turn is taken, respectively when the stop is on its way. */
export const conversationUpdates = { send: 'send', stop: 'stop' } as const;

/** What a message does that comes while an answer is given: waits for its end, ends it, or is refused. */
export const whileBusy = z.enum(['enqueue', 'interrupt', 'reject']);
export type WhileBusy = z.output<typeof whileBusy>;

/** Who answers, pinned when the turn is taken: publishing never changes an answer under way. */
export const answerer = z.discriminatedUnion('kind', [
  /** No version: its draft, as it is when the turn is begun. Somebody tries it. */
  z.object({ kind: z.literal('agent'), agent: z.string(), version: z.string() }),
  /** Its published version with a chat trigger; what its chat reply nodes say is the answer. */
  z.object({ kind: z.literal('automation'), automation: z.string(), version: z.string() }),
]);
export type Answerer = z.output<typeof answerer>;

/**
 * One turn. Both messages are rows before it is sent; a new message, an edited one and a new try are the same here, and differ in the
 * parents of their rows. Sending it again changes nothing: it is known by `message`.
 */
export const turn = z.object({
  /** The assistant's message, and the id of the agent run that gives it. */
  message: z.string(),
  answerer,
  whileBusy,
  /** Id of the member who asks; left out for a service account and a visitor. */
  member: z.string().optional(),
});
export type Turn = z.output<typeof turn>;

/** `ahead`: turns that are answered before this one. */
export interface SendAnswer {
  ahead: number;
}

/** Ends one answer, or without `message` all that are given or wait. */
export interface StopRequest {
  message?: string | undefined;
}
/** The messages whose answers end by it; one that had ended is not among them. */
export interface StopAnswer {
  stopping: string[];
}

/** Type of the failure with which `send` refuses a turn while another is answered (`whileBusy: 'reject'`). */
export const busyFailure = 'conversation-busy';

export interface ConversationInput {
  workspace: string;
  conversation: string;
  /** Where a continued execution takes up. Written and read by the workflow only. */
  resume?: { waiting: Turn[]; taken: string[] } | undefined;
}
