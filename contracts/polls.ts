/** Polling triggers: they ask somewhere again and again, remember what they saw, and start a run for what is new. */
export const pollWorkflow = 'poll';

/** What a poll is told; everything else it looks up. */
export interface PollInput {
  workspace: string;
  automation: string;
  /** The trigger node. */
  node: string;
}
