/** What an approval asks, and what its answers amount to. */
import type { z } from 'zod';
import type { ApprovalQuestion, Approver, Decision } from '../../contracts/approvals.ts';
import type { approvalNode } from '../../contracts/catalogue/approval.ts';
import type { Resolved } from '../../contracts/expression.ts';
import { readFormFields } from '../../contracts/form-fields.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { EngineFailure } from '../run/engine-failure.ts';

export type ApprovalParameters = Resolved<z.output<typeof approvalNode.parameters>>;

/** What comes of it; also the port the items leave at, but for `expired`. */
export type Verdict = 'approved' | 'rejected' | 'expired';

/** Items shown with the question, and characters of their JSON. */
const mostItems = 10;
const mostCharacters = 50_000;

/** @throws EngineFailure `no-approvers` when expressions gave nobody to ask */
export function questionOf(parameters: ApprovalParameters, items: readonly Item[]): ApprovalQuestion {
  const approvers = namedApprovers(parameters.approvers);
  if (approvers.length === 0)
    throw new EngineFailure({
      code: 'no-approvers',
      message: 'There is nobody to ask: every approver is empty.',
      hint: 'Look at the expressions of the approvers, or name one who is always there.',
    });
  const { title, text, comment, mail } = parameters;
  return {
    title,
    text,
    comment,
    mail,
    approvers,
    fields: readFormFields(parameters.fields),
    items: parameters.showItems ? shownItems(items) : [],
    needed: Number(parameters.needed),
    rejections: Number(parameters.rejections),
  };
}

export function namedApprovers(given: ApprovalParameters['approvers']): Approver[] {
  return given.flatMap(({ kind, who }) => (who.trim() === '' ? [] : [{ kind, who: who.trim() }]));
}

function shownItems(items: readonly Item[]): JsonObject[] {
  const shown: JsonObject[] = [];
  let characters = 0;
  for (const { json } of items.slice(0, mostItems)) {
    characters += JSON.stringify(json).length;
    if (characters > mostCharacters) break;
    shown.push(json);
  }
  return shown;
}

/** Undefined while it is open. */
export function verdictOf(
  { needed, rejections }: Pick<ApprovalQuestion, 'needed' | 'rejections'>,
  decisions: readonly Decision[],
): 'approved' | 'rejected' | undefined {
  const count = (name: Decision['decision']) => decisions.filter(({ decision }) => decision === name).length;
  if (count('rejected') >= rejections) return 'rejected';
  return count('approved') >= needed ? 'approved' : undefined;
}

/** What is added to each item: what was decided, by whom and when. */
export function approvalJson(
  verdict: Verdict,
  decisions: readonly (Decision & { at: number })[],
  byDeadline: boolean,
): JsonObject {
  return {
    decision: verdict,
    by: byDeadline ? 'deadline' : 'people',
    fields: Object.assign({}, ...decisions.map(({ fields }) => fields)),
    comment: decisions.findLast(({ comment }) => comment !== '')?.comment ?? '',
    decisions: decisions.map(({ approver, name, decision, comment, fields, at }) => ({
      ...{ approver, name, decision, comment, fields },
      at: new Date(at).toISOString(),
    })),
  };
}
