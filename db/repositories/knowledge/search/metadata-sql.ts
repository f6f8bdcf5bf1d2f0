import type { MetadataCondition, MetadataFilter } from '../../../../contracts/knowledge/search.ts';

/**
 * The filter as a condition on `column`, a jsonb object; all names and values are parameters. A field of another type than the
 * condition's does not match, and is no error.
 * @param bind takes a value and gives its placeholder
 */
export function metadataSql(
  filter: MetadataFilter,
  column: string,
  bind: (value: unknown) => string,
): string[] {
  return Object.entries(filter).map(([name, condition]) => {
    const field = `(${column} -> ${bind(name)}::text)`;
    return conditionSql(condition, field, bind);
  });
}

function conditionSql(condition: MetadataCondition, field: string, bind: (value: unknown) => string): string {
  const json = (value: unknown) => `${bind(JSON.stringify(value))}::text::jsonb`;
  if (typeof condition !== 'object') return `${field} = ${json(condition)}`;
  if ('in' in condition) return `${field} in (${condition.in.map(json).join(', ')})`;
  const { from, to } = condition;
  // Postgres orders values of jsonb by type first: without it, every text would be below every number. By characters, as `C` has it:
  // dates as ISO 8601 come in order, on every server the same.
  const isText = typeof (from ?? to) === 'string';
  const value = isText ? `(${field} #>> '{}') collate "C"` : `(${field})::numeric`;
  const bounds = [
    ...(from === undefined
      ? []
      : [`${value} >= ${bind(String(from))}::${isText ? 'text' : 'text::numeric'}`]),
    ...(to === undefined ? [] : [`${value} <= ${bind(String(to))}::${isText ? 'text' : 'text::numeric'}`]),
  ];
  // `case`, as `and` does not promise an order, and what is no number can't become one.
  return `case jsonb_typeof(${field}) when '${isText ? 'string' : 'number'}' then ${bounds.join(' and ')} else false end`;
}
