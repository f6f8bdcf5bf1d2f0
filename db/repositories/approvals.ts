/** Approvals of one workspace: written by what runs announce, read by pages. Every write may come twice. */
import { createHash } from 'node:crypto';
import type { WaitingStep } from '../../contracts/announcement.ts';
import type {
  ApprovalAsker,
  ApprovalQuestion,
  ApprovalState,
  Approver,
  Decision,
} from '../../contracts/approvals.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { StepAddress } from '../../contracts/step-address.ts';
import type { ApprovalMail } from '../entities/approval.ts';
import { type Sql, toMoment } from '../sql.ts';
import { decodeCursor, type Page, toPage } from './cursor.ts';
import { isVisible, type Visible } from './grants.ts';

export interface StoredApproval {
  id: string;
  /** What asks; of an agent, `automation` is its id and name. */
  asker: ApprovalAsker;
  automation: { id: string; name: string };
  run: string;
  node: { id: string; name: string; index: number };
  question: ApprovalQuestion;
  /** Keys of who may decide: `user:<id>`, `role:<name>`, `group:<id>`, `email:<address>`. */
  approvers: string[];
  mails: ApprovalMail[];
  /** `cancelled`: its run has ended without it. */
  state: ApprovalState;
  openedAt: string;
  dueAt?: string;
  remindedAt?: string;
  escalatedAt?: string;
  closedAt?: string;
  decisions: (Omit<Decision, 'fields'> & { fields: Decision['fields']; at: string })[];
}

export interface ApprovalFilter {
  state: 'open' | 'done';
  /** Those that one of these keys may decide or has decided; left out: all that are visible. */
  keys?: readonly string[] | undefined;
  visible?: Visible | undefined;
  run?: string | undefined;
}

export interface ApprovalsRepository {
  open(step: WaitingStep, question: ApprovalQuestion, approvers: string[], at: number): Promise<void>;
  remind(id: string, times: number, at: number): Promise<void>;
  escalate(
    id: string,
    more: { approvers: Approver[]; keys: string[]; due?: number | undefined },
    at: number,
  ): Promise<void>;
  decide(id: string, decision: Decision, at: number): Promise<void>;
  close(id: string, state: ApprovalState, at: number): Promise<void>;
  addMail(id: string, mail: ApprovalMail): Promise<void>;
  get(id: string): Promise<StoredApproval | undefined>;
  /** Last opened first. */
  list(
    filter: ApprovalFilter,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Page<StoredApproval>>;
  /** Open ones that one of these keys may decide and has not. */
  countOpen(keys: readonly string[]): Promise<number>;
}

interface Row {
  id: string;
  asker: ApprovalAsker;
  automation: string;
  automation_name: string;
  run: string;
  node: string;
  node_name: string;
  index: number;
  question: ApprovalQuestion;
  items: JsonObject[] | null;
  approvers: string[];
  mails: ApprovalMail[];
  state: ApprovalState;
  opened_at: string;
  due_at: string | null;
  reminded_at: string | null;
  escalated_at: string | null;
  closed_at: string | null;
  decisions: StoredApproval['decisions'];
}

/** The same step is the same approval, however often it is told of. */
export function approvalIdOf({ run, node, index }: Pick<StepAddress, 'run' | 'node' | 'index'>): string {
  return `a${createHash('sha256')
    .update(JSON.stringify([run, node, index]))
    .digest('hex')
    .slice(0, 31)}`;
}

/** Nobody tells an approval that its run was cancelled or has failed elsewhere: its run's record does. */
const runEnded = `(exists (select 1 from runs r where r.id = a.run and r.workspace = a.workspace
  and r.state in ('succeeded', 'failed', 'cancelled')) or exists (select 1 from agent_runs r where r.id = a.run
  and r.workspace = a.workspace and r.finished_at is not null))`;
const isOpen = `(a.state = 'open' and not ${runEnded})`;

const columns = `a.id, a.asker, a.automation, a.automation_name, a.run, a.node, a.node_name, a.index, a.question, a.items, a.approvers, a.mails,
  case when a.state = 'open' and ${runEnded} then 'cancelled' else a.state end as state,
  a.opened_at, a.due_at, a.reminded_at, a.escalated_at, a.closed_at,
  coalesce((select jsonb_agg(jsonb_build_object('approver', d.approver, 'name', d.name, 'decision', d.decision,
      'comment', d.comment, 'fields', d.fields, 'at', d.decided_at) order by d.decided_at, d.approver)
    from approval_decisions d where d.approval = a.id and d.workspace = a.workspace), '[]') as decisions`;

const moment = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());

export function createApprovalsRepository(sql: Sql, workspace: string): ApprovalsRepository {
  return {
    async open(step, question, approvers, at) {
      await sql.query(
        `insert into approvals (id, workspace, automation, automation_name, run, node, node_name, index, question, approvers,
           mails, state, opened_at, due_at, asker, items)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10::text::jsonb, '[]', 'open', $11::timestamptz,
           $12::timestamptz, $13, $14::text::json)
         on conflict (id) do nothing`,
        [
          ...[approvalIdOf(step), workspace, step.automation.id, step.automation.name],
          ...[step.run, step.node, step.nodeName, step.index],
          ...[JSON.stringify({ ...question, items: [] }), JSON.stringify(approvers)],
          ...[moment(at), moment(question.due), step.asker ?? 'automation', JSON.stringify(question.items)],
        ],
      );
    },
    async remind(id, times, at) {
      await sql.query(
        `update approvals set reminders = $3, reminded_at = $4::timestamptz
         where workspace = $1 and id = $2 and reminders < $3`,
        [workspace, id, times, moment(at)],
      );
    },
    async escalate(id, { approvers, keys, due }, at) {
      await sql.query(
        `update approvals set escalated_at = $3::timestamptz, due_at = $4::timestamptz,
           approvers = approvers || $5::text::jsonb,
           question = jsonb_set(question, '{approvers}', (question -> 'approvers') || $6::text::jsonb)
         where workspace = $1 and id = $2 and escalated_at is null`,
        [workspace, id, moment(at), moment(due), JSON.stringify(keys), JSON.stringify(approvers)],
      );
    },
    async decide(id, { approver, name, decision, comment, fields }, at) {
      await sql.query(
        `insert into approval_decisions (approval, workspace, approver, name, decision, comment, fields, decided_at)
         values ($2, $1, $3, $4, $5, $6, $7::text::jsonb, $8::timestamptz) on conflict do nothing`,
        [workspace, id, approver, name, decision, comment, JSON.stringify(fields), moment(at)],
      );
    },
    async close(id, state, at) {
      await sql.query(
        `update approvals set state = $3, closed_at = $4::timestamptz where workspace = $1 and id = $2 and state = 'open'`,
        [workspace, id, state, moment(at)],
      );
    },
    async addMail(id, mail) {
      await sql.query(
        'update approvals set mails = mails || $3::text::jsonb where workspace = $1 and id = $2',
        [workspace, id, JSON.stringify([mail])],
      );
    },
    async get(id) {
      const [row] = await sql.query<Row>(
        `select ${columns} from approvals a where a.workspace = $1 and a.id = $2`,
        [workspace, id],
      );
      return row && toApproval(row);
    },
    async list({ state, keys, visible = 'all', run }, { cursor, limit }) {
      const after = decodeCursor(cursor);
      const parameters: unknown[] = [workspace];
      const bind = (value: unknown) => `$${parameters.push(value)}`;
      const shown = keys ? isOf(bind([...keys])) : isVisible(visible, 'automation', 'a.automation', bind);
      const conditions = [
        'a.workspace = $1',
        state === 'open' ? isOpen : `not ${isOpen}`,
        ...(shown ? [shown] : []),
        ...(run ? [`a.run = ${bind(run)}`] : []),
        ...(after ? [`(a.opened_at, a.id) < (${bind(after.at)}::timestamptz, ${bind(after.id)}::text)`] : []),
      ];
      const rows = await sql.query<Row>(
        `select ${columns} from approvals a where ${conditions.join(' and ')}
         order by a.opened_at desc, a.id desc limit ${bind(limit + 1)}`,
        parameters,
      );
      return toPage(rows, limit, (row) => ({ at: toMoment(row.opened_at), id: row.id }), toApproval);
    },
    async countOpen(keys) {
      const [row] = await sql.query<{ count: number }>(
        `select count(*)::int as count from approvals a where a.workspace = $1 and ${isOpen} and ${isAsked('$2')}
           and not exists (select 1 from approval_decisions d where d.approval = a.id and d.approver = any($2::text[]))`,
        [workspace, [...keys]],
      );
      return row?.count ?? 0;
    },
  };
}

const isAsked = (keys: string) =>
  `exists (select 1 from jsonb_array_elements_text(a.approvers) as k where k = any(${keys}::text[]))`;

const isOf = (keys: string) =>
  `(${isAsked(keys)} or exists (select 1 from approval_decisions d where d.approval = a.id and d.approver = any(${keys}::text[])))`;

function toApproval(row: Row): StoredApproval {
  const { automation, automation_name, run, node, node_name, index, opened_at } = row;
  const { id, asker, question, items, approvers, mails, state } = row;
  const optional = (name: string, at: string | null) => (at === null ? {} : { [name]: toMoment(at) });
  return {
    ...{ id, asker, run, approvers, mails, state },
    question: items ? { ...question, items } : question,
    automation: { id: automation, name: automation_name },
    node: { id: node, name: node_name, index },
    openedAt: toMoment(opened_at),
    ...optional('dueAt', row.due_at),
    ...optional('remindedAt', row.reminded_at),
    ...optional('escalatedAt', row.escalated_at),
    ...optional('closedAt', row.closed_at),
    decisions: row.decisions.map((decision) => ({ ...decision, at: toMoment(decision.at) })),
  };
}
