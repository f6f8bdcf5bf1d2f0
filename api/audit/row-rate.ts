/**
 * How often the same thing gets a row in the audit log. Whoever knocks a thousand times must be seen, and must not fill the disk: of
 * the same actor, action and outcome one row a minute is written, with how often it happened since the row before; and all together
 * a process writes at most `mostRows` a minute.
 */
const windowMs = 60_000;
const mostRows = 600;

export interface RowRate {
  /** Undefined: no row now. Otherwise how often the same happened since the last row, this time included. */
  count(key: string): number | undefined;
}

export function createRowRate(now: () => number = Date.now): RowRate {
  // Since the last row of a key. A minute's worth of rows bounds it.
  const seen = new Map<string, { at: number; silent: number }>();
  let window = { at: 0, rows: 0 };
  return {
    count(key) {
      const at = now();
      const last = seen.get(key);
      if (last && at - last.at < windowMs) {
        last.silent += 1;
        return undefined;
      }
      if (at - window.at >= windowMs) {
        window = { at, rows: 0 };
        for (const [name, entry] of seen) {
          const age = at - entry.at;
          // Repetitions are told by the next row, if it comes soon enough to be of the same story.
          if (age >= windowMs && (entry.silent === 0 || age >= 10 * windowMs)) seen.delete(name);
        }
      }
      if (window.rows >= mostRows) return undefined;
      window.rows += 1;
      seen.set(key, { at, silent: 0 });
      return (last?.silent ?? 0) + 1;
    },
  };
}
