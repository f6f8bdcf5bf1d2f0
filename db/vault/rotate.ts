/**
 * Changes keys while the product runs. Every step is a conditional update of one row, so it may be interrupted and started again,
 * and a secret that somebody saves meanwhile wins.
 *
 * - `rewrapDataKeys` moves the data keys to the current master key. Quick: secrets themselves are not touched.
 * - `renewDataKeys` gives every workspace a new data key and seals its secrets again.
 */
import type { Sql } from '../sql.ts';
import { type DataKeyStore, instanceKeyPrefix, instanceKeyStore, workspaceKeyStore } from './data-keys.ts';
import type { MasterKeys } from './master-keys.ts';
import { sealedByPattern } from './sealed-text.ts';
import { instanceOwner, newDataKey, unwrap, type Vault, wrap } from './vault.ts';

/** Rows read at a time. */
const batch = 200;

/** Everything that is sealed, by who owns the key. What is missing here is lost when an old key is dropped. */
const workspaceColumns = [
  { table: 'credentials', column: 'sealed', id: 'id', purpose: 'credential', where: 'true' },
  { table: 'mcp_connections', column: 'sealed', id: 'id', purpose: 'mcp-connection', where: 'true' },
  { table: 'variables', column: 'value', id: 'name', purpose: 'variable', where: 'secret' },
] as const;
const instanceColumns = [
  { table: 'users', column: 'totp_secret', id: 'id', purpose: 'totp', where: `totp_secret like 'v1.%'` },
] as const;
type SealedColumn = (typeof workspaceColumns)[number] | (typeof instanceColumns)[number];

export interface RotationOptions {
  masterKeys: MasterKeys;
  /** Across workspaces. */
  system: Sql;
  workspaceSql(workspace: string): Sql;
  /** With the same master keys. */
  vault: Vault;
}

/** @returns how many data keys are under the current master key now that were not before. @throws VaultError `unknown-master-key` */
export async function rewrapDataKeys({ masterKeys, system }: RotationOptions): Promise<number> {
  const current = masterKeys.current().fingerprint;
  let moved = 0;
  for (;;) {
    const rows = await system.query<{
      workspace: string;
      version: number;
      wrapped: string;
      master_key: string;
    }>('select workspace, version, wrapped, master_key from data_keys where master_key <> $1 limit $2', [
      current,
      batch,
    ]);
    if (rows.length === 0) break;
    for (const { workspace, version, wrapped, master_key } of rows) {
      const dataKey = unwrap(masterKeys, workspace, { version, wrapped, masterKey: master_key });
      const again = wrap(masterKeys, workspace, version, dataKey);
      await system.query(
        'update data_keys set wrapped = $3, master_key = $4 where workspace = $1 and version = $2 and wrapped = $5',
        [workspace, version, again.wrapped, again.masterKey, wrapped],
      );
      moved += 1;
    }
  }
  for (const key of await instanceKeyStore(system).list()) {
    if (key.masterKey === current) continue;
    const { version } = key;
    const { wrapped, masterKey } = wrap(
      masterKeys,
      instanceOwner,
      version,
      unwrap(masterKeys, instanceOwner, key),
    );
    await system.query(
      `update settings set value = $2::text::jsonb, updated_at = now() where key = $1 and value->>'wrapped' = $3`,
      [`${instanceKeyPrefix}${version}`, JSON.stringify({ wrapped, masterKey }), key.wrapped],
    );
    moved += 1;
  }
  return moved;
}

export interface Renewal {
  /** Secrets that were sealed again. */
  sealed: number;
  /** Places of secrets that do not open with any key: they were left as they are. */
  broken: string[];
}

/** Where a renewal that was interrupted goes on: data keys made after its beginning are its own. */
const renewalSetting = 'vault-renewal';

export async function renewDataKeys(options: RotationOptions): Promise<Renewal> {
  const { system, workspaceSql } = options;
  const [begun] = await system.query<{ at: string }>(
    `insert into settings (key, value, updated_at) values ($1, 'null', now())
     on conflict (key) do update set key = excluded.key returning updated_at as at`,
    [renewalSetting],
  );
  const since = begun?.at ?? new Date().toISOString();
  const renewal: Renewal = { sealed: 0, broken: [] };
  let after = '';
  for (;;) {
    const owners = await system.query<{ workspace: string; renewed: boolean }>(
      `select workspace, max(created_at) >= $2::timestamptz as renewed from data_keys where workspace > $1
       group by workspace order by workspace limit $3`,
      [after, since, batch],
    );
    if (owners.length === 0) break;
    for (const { workspace, renewed } of owners) {
      const sql = workspaceSql(workspace);
      const store = workspaceKeyStore(sql, workspace);
      const newest = await newestVersion(options, workspace, store, !renewed);
      for (const column of workspaceColumns)
        await sealAgain(options, sql, workspace, column, newest, renewal);
      after = workspace;
    }
  }
  const store = instanceKeyStore(system);
  if ((await store.list()).length > 0) {
    const [own] = await system.query<{ renewed: boolean }>(
      'select max(updated_at) >= $2::timestamptz as renewed from settings where key like $1',
      [`${instanceKeyPrefix}%`, since],
    );
    const newest = await newestVersion(options, instanceOwner, store, own?.renewed !== true);
    for (const column of instanceColumns)
      await sealAgain(options, system, instanceOwner, column, newest, renewal);
  }
  await system.query('delete from settings where key = $1', [renewalSetting]);
  return renewal;
}

async function newestVersion(
  { masterKeys }: RotationOptions,
  owner: string,
  store: DataKeyStore,
  renew: boolean,
): Promise<number> {
  const newest = (await store.list()).at(-1)?.version ?? 0;
  if (!renew) return newest;
  await store.add(newDataKey(masterKeys, owner, newest + 1));
  return newest + 1;
}

/** By position rather than "until none is left": a text that does not open must not hold up the others. */
async function sealAgain(
  { vault }: RotationOptions,
  sql: Sql,
  owner: string,
  { table, column, id, purpose, where }: SealedColumn,
  newest: number,
  renewal: Renewal,
): Promise<void> {
  const seals = owner === instanceOwner ? vault.ofInstance : vault.ofWorkspace(owner);
  let after = '';
  for (;;) {
    const rows = await sql.query<{ id: string; sealed: string }>(
      `select ${id} as id, ${column} as sealed from ${table}
       where ${where} and ${id} > $1 and ${column} not like $2${owner === instanceOwner ? '' : ' and workspace = $4'}
       order by ${id} limit $3`,
      [after, sealedByPattern(newest), batch, ...(owner === instanceOwner ? [] : [owner])],
    );
    if (rows.length === 0) return;
    for (const row of rows) {
      after = row.id;
      const context = { purpose, id: row.id };
      const plaintext = await seals.open(row.sealed, context).catch(() => undefined);
      if (plaintext === undefined) {
        renewal.broken.push(`${table} ${row.id}`);
        continue;
      }
      // Only when nobody saved another one since it was read.
      const changed = await sql.query(
        `update ${table} set ${column} = $2 where ${id} = $1 and ${column} = $3${owner === instanceOwner ? '' : ' and workspace = $4'} returning ${id}`,
        [
          row.id,
          await seals.seal(plaintext, context),
          row.sealed,
          ...(owner === instanceOwner ? [] : [owner]),
        ],
      );
      renewal.sealed += changed.length;
    }
  }
}
