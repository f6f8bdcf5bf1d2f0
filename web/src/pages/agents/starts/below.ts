/** What is said of fields under a path, by the rest of their paths. */
export function below(prefix: string, said: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...said].flatMap(([field, message]) =>
      field.startsWith(prefix) ? [[field.slice(prefix.length), message]] : [],
    ),
  );
}
