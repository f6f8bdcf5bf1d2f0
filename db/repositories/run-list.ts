/**
 * The query behind the list of runs: last started first, any filter, however many runs there are.
 *
 * A filter that finds little is what makes such lists slow: walking back by start and dropping what does not match reads everything
 * when nothing matches. So a list with a state, a trigger or a version asks one of three indexes once for each pair of state and
 * trigger that is wanted (at most 6 × 9), takes a page of each, which lies together in the index, and merges them. What it reads is
 * bounded by pages, not by runs. A list without those has an index that is in its order already.
 */
import { runTrigger } from '../../contracts/run.ts';
import { runState } from '../../contracts/states.ts';
import { partsOfWorkflowId } from '../../contracts/workflow-id.ts';
import type { Position } from './cursor.ts';
import { isVisible } from './grants.ts';
import type { RunFilter } from './run-filter.ts';

export interface RunListQuery {
  /** A page of runs, as a table: all of their columns. */
  from: string;
  parameters: unknown[];
}

export function runListQuery(
  workspace: string,
  filter: RunFilter,
  after: Position | undefined,
  limit: number,
): RunListQuery {
  const { parameters, bind, conditions } = conditionsOf(workspace, filter);
  const { version, state, states = state && [state], trigger, id, retryOf } = filter;
  if (after)
    conditions.push(`(run.started_at, run.id) < (${bind(after.at)}::timestamptz, ${bind(after.id)}::text)`);
  const page = (extra: readonly string[]) =>
    `select run.* from runs run where ${[...conditions, ...extra].join(' and ')}
     order by run.started_at desc, run.id desc limit ${bind(limit)}`;

  if (id || retryOf || !(states || trigger || version))
    return { from: `(${page(narrowly(filter, bind))})`, parameters };
  const triggers = trigger ? [trigger] : runTrigger.options;
  const list = (values: readonly string[]) => `unnest(${bind(`{${values.join(',')}}`)}::text[])`;
  const wanted = `${list(states ?? runState.options)} as of_state cross join ${list(triggers)} as of_trigger`;
  return {
    from: `(select run.* from ${wanted} cross join lateral (
      ${page(['run.state = of_state', 'run.trigger = of_trigger'])}) run
      order by run.started_at desc, run.id desc limit ${bind(limit)})`,
    parameters,
  };
}

/** Counts what the filter finds; reads an index, so a million takes a moment. */
export function runCountQuery(workspace: string, filter: RunFilter): RunListQuery {
  const { parameters, bind, conditions } = conditionsOf(workspace, filter);
  const wanted = [...conditions, ...narrowly(filter, bind)];
  return {
    from: `select count(*)::int as count from runs run where ${wanted.join(' and ')}`,
    parameters,
  };
}

/** What a list of many runs asks for one by one (state, trigger), and what few have. */
function narrowly(
  { id, retryOf, state, states = state && [state], trigger }: RunFilter,
  bind: Bind,
): string[] {
  return [
    ...(id ? byId(id.trim(), bind) : []),
    ...(retryOf ? [`run.retry_of = ${bind(retryOf)}`] : []),
    ...(states ? [`run.state = any(${bind(`{${states.join(',')}}`)}::text[])`] : []),
    ...(trigger ? [`run.trigger = ${bind(trigger)}`] : []),
  ];
}

type Bind = (value: unknown) => string;

/** All but those. */
function conditionsOf(workspace: string, { automation, version, from, to, visible = 'all' }: RunFilter) {
  const parameters: unknown[] = [workspace];
  const bind: Bind = (value) => `$${parameters.push(value)}`;
  const shown = isVisible(visible, 'automation', 'run.automation', bind);
  const conditions = [
    'run.workspace = $1',
    ...(shown ? [shown] : []),
    ...(automation ? [`run.automation = ${bind(automation)}`] : []),
    ...(version ? [`run.version = ${bind(version)}`] : []),
    ...(from ? [`run.started_at >= ${bind(from)}::timestamptz`] : []),
    ...(to ? [`run.started_at < ${bind(to)}::timestamptz`] : []),
  ];
  return { parameters, bind, conditions };
}

/** People paste what the Temporal UI shows as well. That of a tick is not its run's alone: one that was made up for has the same. */
function byId(id: string, bind: Bind): string[] {
  const parts = partsOfWorkflowId(id);
  if (!parts?.rest.includes(':')) return [`run.id = ${bind(parts?.rest ?? id)}`];
  return [`run.automation = ${bind(parts.automation)}`, `run.workflow_id = ${bind(id)}`];
}
