/** Publishing: freezes a definition as an immutable version. The newest is used again when it holds the same. */
import { ulid } from 'ulid';
import type { AgentDefinition } from '../../../contracts/agents/agent.ts';
import type { AgentVersionSummary } from '../../../contracts/api/agents.ts';
import type { Sql } from '../../sql.ts';
import { contentHash } from '../content-hash.ts';
import { agentVersionColumns, type VersionRow, versionSummary } from './agent-versions.ts';

export function publishAgent(
  sql: Sql,
  workspace: string,
  agent: string,
  {
    definition,
    by,
    note,
  }: { definition: AgentDefinition; by?: string | undefined; note?: string | undefined },
): Promise<AgentVersionSummary | undefined> {
  return sql.transaction(async (inside) => {
    // The row lock makes two publishers of one agent take turns, so that numbers have no gap and no double.
    const [found] = await inside.query(
      'select id from agents where workspace = $1 and id = $2 and deleted_at is null for update',
      [workspace, agent],
    );
    if (!found) return undefined;
    const hash = contentHash(definition);
    const [newest] = await inside.query<{ id: string; number: number; hash: string }>(
      'select id, number, hash from agent_versions where workspace = $1 and agent = $2 order by number desc limit 1',
      [workspace, agent],
    );
    const id = newest?.hash === hash ? newest.id : ulid();
    if (newest?.id === id)
      await inside.query(
        'update agent_versions set note = coalesce($3, note) where workspace = $1 and id = $2',
        [workspace, id, note ?? null],
      );
    else
      await inside.query(
        `insert into agent_versions (id, workspace, agent, number, hash, definition, note, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8, now())`,
        [
          ...[id, workspace, agent, (newest?.number ?? 0) + 1, hash, JSON.stringify(definition)],
          ...[note ?? null, by ?? null],
        ],
      );
    await inside.query('update agents set published_version = $3 where workspace = $1 and id = $2', [
      workspace,
      agent,
      id,
    ]);
    const [row] = await inside.query<VersionRow>(
      `select ${agentVersionColumns} from agent_versions v join agents a on a.id = v.agent where v.workspace = $1 and v.id = $2`,
      [workspace, id],
    );
    if (!row) throw new Error('A version of an agent was inserted and is not there.');
    return versionSummary(row);
  });
}
