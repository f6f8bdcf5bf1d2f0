/** Undo and redo. Edits with the same key within a short while (typing in one field) become one step. */

export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** What the newest step was, while more of the same may join it. */
  open?: { key: string; at: number } | undefined;
}

/** Steps kept. */
const depth = 200;
/** Milliseconds of rest after which the same field is a new step. */
const restMs = 1_000;

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

/** `key` undefined: always a step of its own. */
export function record<T>(history: History<T>, present: T, key: string | undefined, now: number): History<T> {
  if (Object.is(present, history.present)) return history;
  const joins = key !== undefined && history.open?.key === key && now - history.open.at < restMs;
  return {
    past: joins ? history.past : [...history.past, history.present].slice(-depth),
    present,
    future: [],
    open: key === undefined ? undefined : { key, at: now },
  };
}

export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future] };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future };
}
