/** Records of agents' runs: written by the run itself, by activities that may run twice, and read by pages. */
import type { AgentRunState, AgentRunTrigger, AgentStepState } from '../../../contracts/agents/run.ts';
import type { AgentRunSummary, AgentStepRecord } from '../../../contracts/api/agents.ts';
import type { JsonValue } from '../../../contracts/json.ts';
import type { AnsweredBy } from '../../../contracts/models/chat.ts';
import type { TokenUsage } from '../../../contracts/models/usage.ts';
import type { Failure } from '../../../contracts/run.ts';
import { type Sql, toMoment } from '../../sql.ts';
import { decodeCursor, type Page, toPage } from '../cursor.ts';
import { isVisible, type Visible } from '../grants.ts';

export interface NewAgentRun {
  run: string;
  agent: { id: string; name: string };
  version: { id: string; number: number };
  trigger: AgentRunTrigger;
  workflowId: string;
  startedBy?: string | undefined;
  conversation?: string | undefined;
  /** `agent:<run>` or `automation:<run>`. */
  parent?: string | undefined;
  /** Default `queued`. */
  state?: 'queued' | 'running' | undefined;
}

export interface AgentRunProgress {
  state: AgentRunState;
  steps: number;
  usage: TokenUsage;
  cost: number | null;
  text?: string | undefined;
  output?: JsonValue | undefined;
  failure?: Failure | undefined;
}

export interface AgentStepWrite {
  run: string;
  step: number;
  /** '' for the model. */
  call: string;
  kind: string;
  name: string;
  state: AgentStepState;
  attempt: number;
  arguments?: string | undefined;
  result?: string | undefined;
  failure?: Failure | undefined;
  approval?: string | undefined;
  child?: string | undefined;
  usage?: TokenUsage | undefined;
  cost?: number | null | undefined;
  by?: AnsweredBy | undefined;
}

export interface StoredAgentRun extends AgentRunSummary {
  workflowId: string;
  text?: string;
  output?: JsonValue;
}

export interface AgentRunsRepository {
  /** When it is there it changes nothing, but that one that was queued runs. */
  begin(run: NewAgentRun): Promise<void>;
  /** What has ended stays as it ended. True: this is what it says now. */
  progress(run: string, progress: AgentRunProgress): Promise<boolean>;
  state(run: string, state: AgentRunState): Promise<void>;
  step(write: AgentStepWrite): Promise<void>;
  get(run: string): Promise<StoredAgentRun | undefined>;
  /** Takes away what was said and done in a conversation that is deleted. Retention takes the runs themselves, and those that go on. */
  forget(conversation: string): Promise<void>;
  steps(run: string, limit: number): Promise<AgentStepRecord[]>;
  /** A part of what a tool gave. Undefined: there is none. */
  result(
    run: string,
    call: string,
    part: { from: number; length: number },
  ): Promise<{ text: string; length: number } | undefined>;
  /** Last started first: of the agents that are `visible`, runs of conversations by `chats` only, and all that somebody started. */
  list(query: {
    agent?: string | undefined;
    state?: AgentRunState | undefined;
    visible: Visible;
    /** Left out: as `visible`. */
    chats?: Visible | undefined;
    startedBy?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  }): Promise<Page<AgentRunSummary>>;
}

interface Row {
  id: string;
  agent: string;
  agent_name: string;
  version_number: number;
  trigger: AgentRunTrigger;
  state: AgentRunState;
  workflow_id: string;
  started_by: string | null;
  conversation: string | null;
  parent: string | null;
  steps: number;
  usage: TokenUsage | null;
  cost: string | number | null;
  text: string | null;
  output: JsonValue | null;
  failure: Failure | null;
  started_at: string;
  finished_at: string | null;
}

const columns = `r.id, r.agent, r.agent_name, r.version_number, r.trigger, r.state, r.workflow_id, r.started_by,
  r.conversation, r.parent, r.steps, r.usage, r.cost, r.text, r.output, r.failure, r.started_at, r.finished_at`;

export function createAgentRunsRepository(sql: Sql, workspace: string): AgentRunsRepository {
  return {
    async begin({ run, agent, version, trigger, workflowId, startedBy, conversation, parent, state }) {
      await sql.query(
        `insert into agent_runs (id, workspace, agent, agent_name, version, version_number, trigger, state, workflow_id,
           started_by, conversation, parent, started_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $12, $8, $9, $10, $11, now(), now())
         on conflict (id) do update set state = excluded.state, updated_at = now()
         where agent_runs.state = 'queued' and excluded.state = 'running'`,
        [
          ...[run, workspace, agent.id, agent.name, version.id, version.number, trigger, workflowId],
          ...[startedBy ?? null, conversation ?? null, parent ?? null, state ?? 'queued'],
        ],
      );
    },

    async forget(conversation) {
      await sql.query(
        `with recursive its as (
           select id from agent_runs where workspace = $1 and conversation = $2 and finished_at is not null
           union select r.id from its join agent_runs r on r.workspace = $1 and r.parent = 'agent:' || its.id
         ),
         steps as (delete from agent_steps where run in (select id from its))
         update agent_runs set text = null, output = null where id in (select id from its)`,
        [workspace, conversation],
      );
    },

    async progress(run, { state, steps, usage, cost, text, output, failure }) {
      const ended = state === 'succeeded' || state === 'failed' || state === 'stopped';
      const rows = await sql.query(
        `update agent_runs set state = $3, steps = $4, usage = $5::text::jsonb, cost = $6::bigint, text = $7,
           output = $8::text::jsonb, failure = $9::text::jsonb, updated_at = now(),
           finished_at = case when $10::boolean then now() end
         where workspace = $1 and id = $2 and finished_at is null returning id`,
        [
          ...[workspace, run, state, steps, JSON.stringify(usage), cost, text ?? null],
          ...[output === undefined ? null : JSON.stringify(output), failure ? JSON.stringify(failure) : null],
          ended,
        ],
      );
      return rows.length > 0;
    },

    async state(run, state) {
      await sql.query(
        `update agent_runs set state = $3, updated_at = now()
         where workspace = $1 and id = $2 and finished_at is null`,
        [workspace, run, state],
      );
    },

    async step(write) {
      const { run, step, call, kind, name, state, attempt } = write;
      const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
      await sql.query(
        `insert into agent_steps as s (run, step, call, workspace, kind, name, state, attempt, arguments, result, failure,
           approval, child, usage, cost, by, started_at, finished_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::jsonb, $12, $13, $14::text::jsonb, $15::bigint,
           $16::text::jsonb, now(), case when $17::boolean then now() end)
         on conflict (run, step, call) do update set state = excluded.state, attempt = excluded.attempt,
           arguments = coalesce(excluded.arguments, s.arguments), result = excluded.result, failure = excluded.failure,
           approval = coalesce(excluded.approval, s.approval), child = coalesce(excluded.child, s.child),
           usage = excluded.usage, cost = excluded.cost, by = excluded.by, finished_at = excluded.finished_at
         where s.attempt <= excluded.attempt and s.finished_at is null`,
        [
          ...[run, step, call, workspace, kind, name, state, attempt],
          ...[write.arguments ?? null, write.result ?? null, json(write.failure)],
          ...[write.approval ?? null, write.child ?? null, json(write.usage), write.cost ?? null],
          ...[json(write.by), state !== 'running' && state !== 'waiting'],
        ],
      );
    },

    async get(run) {
      const [row] = await sql.query<Row>(
        `select ${columns} from agent_runs r where r.workspace = $1 and r.id = $2`,
        [workspace, run],
      );
      return row && { ...toSummary(row), ...bodyOf(row), workflowId: row.workflow_id };
    },

    async steps(run, limit) {
      const rows = await sql.query<StepRow>(
        `select step, call, kind, name, state, attempt, arguments, left(result, 20000) as result, failure, approval, child,
           usage, cost, by, started_at, finished_at
         from agent_steps where workspace = $1 and run = $2 order by step, started_at, call limit $3`,
        [workspace, run, limit],
      );
      return rows.map(toStep);
    },

    async result(run, call, { from, length }) {
      const [row] = await sql.query<{ text: string; length: number }>(
        `select substr(result, $4::int + 1, $5::int) as text, length(result) as length from agent_steps
         where workspace = $1 and run = $2 and call = $3 and result is not null order by step desc limit 1`,
        [workspace, run, call, from, length],
      );
      return row;
    },

    async list({ agent, state, visible, chats = visible, startedBy, cursor, limit }) {
      const after = decodeCursor(cursor);
      const parameters: unknown[] = [workspace];
      const bind = (value: unknown) => `$${parameters.push(value)}`;
      const shown = isVisible(visible, 'agent', 'r.agent', bind);
      const forChats = isVisible(chats, 'agent', 'r.agent', bind);
      const seen = [shown, forChats && `(r.conversation is null or ${forChats})`].filter(Boolean);
      const own = seen.length > 0 && startedBy !== undefined ? ` or r.started_by = ${bind(startedBy)}` : '';
      const conditions = [
        'r.workspace = $1',
        ...(seen.length > 0 ? [`((${seen.join(' and ')})${own})`] : []),
        ...(agent ? [`r.agent = ${bind(agent)}`] : []),
        ...(state ? [`r.state = ${bind(state)}`] : []),
        ...(after
          ? [`(r.started_at, r.id) < (${bind(after.at)}::timestamptz, ${bind(after.id)}::text)`]
          : []),
      ];
      const rows = await sql.query<Row>(
        `select ${columns} from agent_runs r where ${conditions.join(' and ')}
         order by r.started_at desc, r.id desc limit ${bind(limit + 1)}`,
        parameters,
      );
      return toPage(rows, limit, (row) => ({ at: toMoment(row.started_at), id: row.id }), toSummary);
    },
  };
}

function bodyOf({ text, output }: Row) {
  return { ...(text !== null && { text }), ...(output !== null && { output }) };
}

function toSummary(row: Row): AgentRunSummary {
  return {
    id: row.id,
    agent: { id: row.agent, name: row.agent_name },
    versionNumber: row.version_number,
    trigger: row.trigger,
    state: row.state,
    ...(row.started_by !== null && { startedBy: row.started_by }),
    ...(row.conversation !== null && { conversation: row.conversation }),
    ...(row.parent !== null && { parent: row.parent }),
    steps: row.steps,
    ...(row.usage !== null && { usage: row.usage }),
    cost: row.cost === null ? null : Number(row.cost),
    startedAt: toMoment(row.started_at),
    ...(row.finished_at !== null && { finishedAt: toMoment(row.finished_at) }),
    ...(row.failure !== null && { failure: row.failure }),
  };
}

interface StepRow {
  step: number;
  call: string;
  kind: string;
  name: string;
  state: AgentStepState;
  attempt: number;
  arguments: string | null;
  result: string | null;
  failure: Failure | null;
  approval: string | null;
  child: string | null;
  usage: TokenUsage | null;
  cost: string | number | null;
  by: AnsweredBy | null;
  started_at: string;
  finished_at: string | null;
}

function toStep(row: StepRow): AgentStepRecord {
  const { step, call, kind, name, state, attempt } = row;
  return {
    ...{ step, call, kind, name, state, attempt },
    ...(row.arguments !== null && { arguments: row.arguments }),
    ...(row.result !== null && { result: row.result }),
    ...(row.failure !== null && { failure: row.failure }),
    ...(row.approval !== null && { approval: row.approval }),
    ...(row.child !== null && { child: row.child }),
    ...(row.usage !== null && { usage: row.usage }),
    cost: row.cost === null ? null : Number(row.cost),
    ...(row.by !== null && { by: row.by }),
    startedAt: toMoment(row.started_at),
    ...(row.finished_at !== null && { finishedAt: toMoment(row.finished_at) }),
  };
}
