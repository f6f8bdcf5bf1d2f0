/** A cache by text that forgets what was used longest ago, bounded in entries and in characters of its keys. */
export interface TextCache<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  readonly size: number;
}

export function createCache<T>(limits: { entries: number; characters: number }): TextCache<T> {
  const values = new Map<string, T>();
  let characters = 0;
  return {
    get(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      // A Map keeps insertion order: putting the entry back makes it the newest.
      values.delete(key);
      values.set(key, value);
      return value;
    },
    set(key, value) {
      if (key.length > limits.characters / 4) return;
      if (!values.has(key)) characters += key.length;
      values.set(key, value);
      for (const [oldest] of values) {
        if (values.size <= limits.entries && characters <= limits.characters) return;
        values.delete(oldest);
        characters -= oldest.length;
      }
    },
    get size() {
      return values.size;
    },
  };
}
