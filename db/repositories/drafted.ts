/** What automations and agents have in common: drafts with a name, of which a version may be published, and which are shared by grants. */
import { likePattern, type Sql, toMoment } from '../sql.ts';
import { decodeCursor, type Page, toPage } from './cursor.ts';
import { isVisible, type Visible } from './grants.ts';

export interface DraftedQuery {
  /** In names and descriptions. */
  search?: string | undefined;
  /** Of automations: node type of a trigger of the draft. */
  trigger?: string | undefined;
  cursor?: string | undefined;
  limit: number;
  /** Left out: all. */
  visible?: Visible | undefined;
}

interface Source<Row, Summary> {
  type: 'automation' | 'agent';
  /** Of a select. */
  columns: string;
  /** The table itself as `a`. */
  tables: string;
  /** Of those that are in lists. */
  listed?: string;
  toSummary(row: Row): Summary;
}

/** Last saved first. */
export async function listDrafted<Row extends { id: string; updated_at: string }, Summary>(
  sql: Sql,
  workspace: string,
  { type, columns, tables, listed, toSummary }: Source<Row, Summary>,
  { search, trigger, cursor, limit, visible = 'all' }: DraftedQuery,
): Promise<Page<Summary>> {
  const after = decodeCursor(cursor);
  const parameters: unknown[] = [workspace];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const found = search ? bind(likePattern(search)) : undefined;
  const shown = isVisible(visible, type, 'a.id', bind);
  const conditions = [
    'a.workspace = $1 and a.deleted_at is null',
    ...(listed ? [listed] : []),
    ...(found ? [`(a.name ilike ${found} or a.description ilike ${found})`] : []),
    ...(trigger === undefined ? [] : [`a.triggers @> to_jsonb(${bind(trigger)}::text)`]),
    ...(shown ? [shown] : []),
    ...(after ? [`(a.updated_at, a.id) < (${bind(after.at)}::timestamptz, ${bind(after.id)}::text)`] : []),
  ];
  const rows = await sql.query<Row>(
    `select ${columns} from ${tables} where ${conditions.join(' and ')}
     order by a.updated_at desc, a.id desc limit ${bind(limit + 1)}`,
    parameters,
  );
  return toPage(rows, limit, (row) => ({ at: toMoment(row.updated_at), id: row.id }), toSummary);
}

/** By id, of those that are there. */
export async function namesOfDrafted(
  sql: Sql,
  workspace: string,
  table: 'automations' | 'agents',
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; name: string }>(
    `select id, name from ${table} where workspace = $1 and deleted_at is null
       and id in (select jsonb_array_elements_text($2::text::jsonb))`,
    [workspace, JSON.stringify(ids)],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
