/** Hands a decision to the run, which counts it. What is checked here spares the run what can't count, and tells people why. */
import type { DecisionName } from '../../contracts/approvals.ts';
import { checkAnswers } from '../../contracts/form-fields.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { addresses } from '../../contracts/run-message.ts';
import type { StoredApproval } from '../../db/index.ts';
import { messageRun } from '../../runs/message-run.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { type Decider, decisionId } from './decider.ts';
import { stateText } from './state-text.ts';

export interface GivenDecision {
  decision: DecisionName;
  comment: string;
  /** By the fields' names. */
  fields: Readonly<Record<string, JsonValue>>;
}

/**
 * Resolves when Temporal has it; the record follows.
 * @throws ApiProblem `not-an-approver`, `decided-already`, `approval-over`, `comment-needed`, `invalid-request` with the fields
 */
export async function decideApproval(
  deps: Pick<ApiDeps, 'db' | 'temporal'>,
  workspace: string,
  approval: StoredApproval,
  by: Decider,
  given: GivenDecision,
): Promise<void> {
  const { run, node, question } = approval;
  const { approver } = by;
  if (!approver || !isAsked(approval, by)) throw new ApiProblem('not-an-approver');
  if (hasDecided(approval, by)) throw new ApiProblem('decided-already', {}, { run });
  if (approval.state !== 'open') throw over(approval);
  const { decision } = given;
  const comment = given.comment.trim();
  const needsComment =
    question.comment === 'always' || (question.comment === 'onRejection' && decision === 'rejected');
  if (needsComment && comment === '') throw new ApiProblem('comment-needed');
  // Who says no need not fill in what is only needed for a yes.
  const fields =
    decision === 'approved'
      ? question.fields
      : question.fields.map((field) => ({ ...field, required: false }));
  const answers = checkAnswers(fields, given.fields);
  if (!answers.ok)
    throw new ApiProblem(
      'invalid-request',
      {},
      {
        errors: answers.problems.map(({ name, message }) => ({
          field: `fields.${name}`,
          message,
          code: 'field',
        })),
      },
    );
  const { name } = by;
  const sent = await messageRun(
    deps,
    { workspace, run, [approval.asker]: approval.automation.id },
    {
      id: decisionId(approval.id, approver),
      to: addresses.step(node.id, node.index),
      body: { approver, name, decision, comment, fields: answers.values },
      by: { kind: approver.startsWith('user:') ? 'user' : 'link', name },
    },
  );
  if (sent !== 'sent') throw over({ ...approval, state: 'cancelled' });
}

export function isAsked({ approvers }: Pick<StoredApproval, 'approvers'>, { keys }: Decider): boolean {
  return approvers.some((key) => keys.includes(key));
}

export function hasDecided({ decisions }: Pick<StoredApproval, 'decisions'>, { keys }: Decider): boolean {
  return decisions.some(({ approver }) => keys.includes(approver));
}

function over({ state, run }: StoredApproval): ApiProblem {
  return new ApiProblem('approval-over', { state: stateText[state] }, { run });
}
