/** An approval as the API shows it to somebody. */
import type { Approval, ApprovalSummary } from '../../contracts/api/approvals.ts';
import type { StoredApproval } from '../../db/index.ts';
import { markdown } from '../pages/markdown.ts';
import { hasDecided, isAsked } from './decide-approval.ts';
import type { Decider } from './decider.ts';

export function showSummary(approval: StoredApproval, viewer: Decider): ApprovalSummary {
  const { id, asker, state, automation, run, node, openedAt, dueAt, closedAt, question, decisions } =
    approval;
  const count = (name: string) => decisions.filter(({ decision }) => decision === name).length;
  const mine = decisions.find(({ approver }) => viewer.keys.includes(approver))?.decision;
  return {
    ...{ id, asker, title: question.title, state, automation, run, node, openedAt },
    ...(dueAt !== undefined && { dueAt }),
    ...(closedAt !== undefined && { closedAt }),
    needed: question.needed,
    approvals: count('approved'),
    rejections: count('rejected'),
    ...(mine && { mine }),
    decidable:
      state === 'open' &&
      viewer.approver !== undefined &&
      isAsked(approval, viewer) &&
      !hasDecided(approval, viewer),
  };
}

export function showApproval(approval: StoredApproval, viewer: Decider): Approval {
  const { question, remindedAt, escalatedAt, decisions, mails } = approval;
  return {
    ...showSummary(approval, viewer),
    text: question.text,
    textHtml: markdown(question.text).text,
    fields: question.fields,
    items: question.items,
    comment: question.comment,
    rejectionsNeeded: question.rejections,
    approvers: question.approvers,
    ...(remindedAt !== undefined && { remindedAt }),
    ...(escalatedAt !== undefined && { escalatedAt }),
    decisions: decisions.map(({ name, decision, comment, fields, at }) => ({
      ...{ name, decision, comment, fields: inFormOrder(fields, question.fields), at },
    })),
    notReached: [...new Set(mails.flatMap(({ to, failed }) => (failed ? [to] : [])))],
  };
}

/** As the form asked for them: the database sorts what it keeps. */
function inFormOrder<T>(filled: Record<string, T>, fields: readonly { name: string }[]): Record<string, T> {
  const places = new Map(fields.map(({ name }, index) => [name, index]));
  const place = (name: string) => places.get(name) ?? places.size;
  return Object.fromEntries(Object.entries(filled).sort(([one], [other]) => place(one) - place(other)));
}
