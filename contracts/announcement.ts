/**
 * What a run tells people and pages about its waits, by an activity of the same name. Each is written down idempotently: an activity
 * may run twice.
 */
import type { ApprovalAsker, ApprovalQuestion, ApprovalState, Approver, Decision } from './approvals.ts';
import type { AwaitedEvent } from './awaited-event.ts';
import type { FormField } from './form-fields.ts';

export interface WaitingStep {
  workspace: string;
  /** Left out: an automation. Of an agent, `automation` is its id and name. */
  asker?: ApprovalAsker | undefined;
  automation: { id: string; name: string };
  run: string;
  node: string;
  nodeName: string;
  index: number;
}

/** A page that the run waits to be filled in. */
export interface FormPage {
  title: string;
  description: string;
  fields: FormField[];
  button: string;
}

/** `at`: epoch ms of the workflow's clock. */
export type Announcement = { step: WaitingStep; at: number } & (
  | { kind: 'approval.opened'; question: ApprovalQuestion }
  | { kind: 'approval.reminded'; times: number }
  /** Others are asked as well, until a new deadline. */
  | { kind: 'approval.escalated'; approvers: Approver[]; due?: number | undefined }
  | { kind: 'approval.decided'; decision: Decision }
  | { kind: 'approval.closed'; state: Exclude<ApprovalState, 'open' | 'cancelled'> }
  | { kind: 'form.opened'; page: FormPage }
  | { kind: 'form.closed' }
  | { kind: 'event.awaited'; event: AwaitedEvent }
  | { kind: 'event.over' }
);
