/** The data table node: one call per item. Changes are done once per step, however often the step is tried. */
import type { z } from 'zod';
import type { dataTableNode } from '../../contracts/catalogue/data-table.ts';
import { type EffectInput, StepFailure } from '../../contracts/effect.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import type { RowFilter } from '../../contracts/tables.ts';
import type { Repositories, StoredRow, Touched } from '../../db/index.ts';
import { isObject } from '../../engine/items/paths.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { inStore } from './store-failure.ts';

type Parameters = Resolved<z.output<typeof dataTableNode.parameters>>;

export function createDataTableEffect({ db }: Pick<EffectSettings, 'db'>): Effect {
  return {
    async run(input) {
      const rows = await inStore(db, input.context.workspace, (repositories) => perform(input, repositories));
      return { items: rows.map((json) => ({ json })) };
    },
  };
}

async function perform(input: EffectInput, repositories: Repositories): Promise<JsonObject[]> {
  // Parsed by the engine, with the same schema.
  const parameters = input.parameters as unknown as Parameters;
  const { dataTableRows } = repositories;
  const { table, operation, sort, order } = parameters;
  const step = input.context.idempotencyKey;
  const filter: RowFilter = {
    match: parameters.match,
    conditions: parameters.conditions as RowFilter['conditions'],
  };
  switch (operation) {
    case 'get': {
      const by = sort ? { column: sort, descending: order === 'descending' } : undefined;
      return await dataTableRows.find(table, { ...filter, sort: by, limit: Number(parameters.limit) });
    }
    case 'insert':
      return await dataTableRows.insert(table, [await cellsOf(parameters, input, repositories)], step);
    case 'delete':
      refuseNoConditions(filter);
      return given(await dataTableRows.remove(table, filter, step));
    default: {
      refuseNoConditions(filter);
      const cells = await cellsOf(parameters, input, repositories);
      return given(
        await dataTableRows.update(table, filter, cells, { create: operation === 'upsert', step }),
      );
    }
  }
}

/** Too many rows to give back one by one: their number. */
function given({ count, rows }: Touched): (StoredRow | { count: number })[] {
  return rows.length === count ? rows : [{ count }];
}

async function cellsOf(
  { table, cellsFrom, cells, json }: Parameters,
  { items }: EffectInput,
  { dataTables }: Repositories,
): Promise<JsonObject> {
  if (cellsFrom === 'list')
    return Object.fromEntries(cells.map(({ column, value }) => [column, value as JsonValue]));
  if (cellsFrom === 'json') return readObject(json as JsonValue);
  const known = (await dataTables.list()).find(({ id, name }) => id === table || name === table);
  const names = new Set(known?.columns.map(({ name }) => name));
  return Object.fromEntries(Object.entries(items[0]?.json ?? {}).filter(([name]) => names.has(name)));
}

function readObject(given: JsonValue): JsonObject {
  try {
    const value = typeof given === 'string' ? (JSON.parse(given) as JsonValue) : given;
    if (isObject(value)) return value;
  } catch {
    // said below
  }
  throw new StepFailure({
    code: 'wrong-type',
    message: 'The cells should be a JSON object.',
    hint: 'Write { "column": "value" }, or an expression that gives such an object.',
  });
}

/** An expression may have given an empty list: an update of everything is never meant by that. */
function refuseNoConditions({ conditions }: RowFilter): void {
  if (conditions.length > 0) return;
  throw new StepFailure({
    code: 'bad-parameters',
    message: 'Nothing says which rows to change.',
    hint: 'Add a condition. For all rows: id is not empty.',
  });
}
