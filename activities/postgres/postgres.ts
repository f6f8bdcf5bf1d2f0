/**
 * The Postgres node. The items of a batch share a connection and, when there are several, a transaction: one that fails takes back
 * what those before it wrote, unless the node's others go on; then it takes back its own alone.
 */
import { type PostgresParameters, postgresNode } from '../../contracts/catalogue/postgres.ts';
import type { PostgresValues } from '../../contracts/credentials/postgres.ts';
import { type EffectInput, type ItemOutcome, StepFailure } from '../../contracts/effect.ts';
import type { Effect, EffectRun, EffectSettings } from '../effect.ts';
import { type Connection, connect } from './connection.ts';
import { rowsOf } from './rows-of.ts';
import { isReadOnly, statementOf } from './statement.ts';
import { createTables, type Tables } from './tables.ts';

type Settings = Pick<EffectSettings, 'guard' | 'credentialValues' | 'maxResultBytes'>;

export function createPostgresEffect(settings: Settings): Effect {
  return {
    takesSecretVariables: true,
    async run(input, run) {
      const each = (input.each ?? [input.parameters]).map((values) => postgresNode.parameters.parse(values));
      const [first] = each;
      if (!first) return { items: [], outcomes: [] };
      const connection = await open(first, settings, input, run);
      const stop = () => connection.destroy();
      run.signal.addEventListener('abort', stop, { once: true });
      try {
        return { items: [], outcomes: await runAll(connection, input, each, settings.maxResultBytes) };
      } finally {
        run.signal.removeEventListener('abort', stop);
        await connection.close();
      }
    },
  };
}

async function open(
  { credential: id, statementTimeout }: PostgresParameters,
  { guard, credentialValues }: Settings,
  { context }: EffectInput,
  { secrets }: EffectRun,
): Promise<Connection> {
  const values = await credentialValues({ context, id, nodeType: postgresNode.type, secrets });
  return connect(values as unknown as PostgresValues, {
    guard,
    statementTimeoutMs: statementTimeout * 1_000,
  });
}

async function runAll(
  connection: Connection,
  { items, goesOn }: EffectInput,
  each: readonly PostgresParameters[],
  maxBytes: number,
): Promise<ItemOutcome[]> {
  const parametersOf = (position: number) => each[each.length === 1 ? 0 : position] as PostgresParameters;
  const readOnly = isReadOnly(parametersOf(0));
  // One statement is a transaction by itself, and some (vacuum, create database) must not be within another.
  const within = items.length > 1 || readOnly;
  const tables = createTables(connection);
  const outcomes: ItemOutcome[] = [];
  let bytesLeft = maxBytes;
  if (within) await connection.query(readOnly ? 'begin read only' : 'begin');
  for (const [position, item] of items.entries()) {
    if (within && goesOn) await connection.query('savepoint item');
    try {
      const rows = await runOne(connection, tables, parametersOf(position), item.json, bytesLeft);
      bytesLeft -= rows.bytes;
      outcomes.push({ items: rows.items });
    } catch (error) {
      if (!(error instanceof StepFailure) || error.retryable) throw error;
      outcomes.push({ failure: error.failure });
      if (!goesOn) {
        if (within) await connection.query('rollback');
        return outcomes;
      }
      if (within) await connection.query('rollback to savepoint item');
    }
  }
  if (within) await connection.query('commit');
  return outcomes;
}

async function runOne(
  connection: Connection,
  tables: Tables,
  parameters: PostgresParameters,
  json: EffectInput['items'][number]['json'],
  maxBytes: number,
) {
  const { text, values } = await statementOf(parameters, json, tables);
  return rowsOf(await connection.rows(text, values, maxBytes));
}
