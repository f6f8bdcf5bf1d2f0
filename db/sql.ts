/**
 * SQL as the repositories speak it: `$1` placeholders, rows as plain objects, jsonb parsed, times as text. The two databases
 * (`pglite/`, `postgres.ts`) implement it on their own driver, because the hot paths can't afford a unit of work.
 */
export interface Sql {
  /** One statement. JSON goes in as text: write `$1::text::jsonb`, so that no driver guesses. */
  query<Row extends object>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** All of `work` or nothing. Never await anything but `sql` in it: PGlite has one connection for everybody. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
}

/** A timestamp as the drivers give it → UTC ISO 8601 with milliseconds, as the API shows it. */
export function toMoment(value: string): string {
  return new Date(value).toISOString();
}

export function toOptionalMoment(value: string | null): string | undefined {
  return value === null ? undefined : toMoment(value);
}

/** `%` and `_` in what a person searches for are characters, not wildcards. */
export function likePattern(search: string): string {
  return `%${search.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Ids and the like as one parameter, for `any($1::text[])` and `unnest($1::text[])`: both drivers take a text. */
export function textArray(values: readonly string[]): string {
  return `{${values.map((value) => JSON.stringify(value)).join(',')}}`;
}
