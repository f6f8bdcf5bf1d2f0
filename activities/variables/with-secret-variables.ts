/** Exchanges the markers of secret variables in a step's parameters for their values. */
import { type EffectInput, StepFailure } from '../../contracts/effect.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { secretMarkerPattern } from '../../contracts/variables.ts';
import type { Database } from '../../db/index.ts';

/** Values by name; who is not there any more is left out. */
export type RevealVariables = (workspace: string, names: readonly string[]) => Promise<Map<string, string>>;

export function createRevealVariables(db: Database): RevealVariables {
  return (workspace, names) => db.inWorkspace(workspace, ({ variables }) => variables.reveal(names));
}

/**
 * @param secrets gets every value that is put in
 * @throws StepFailure `variable-missing`; VaultError
 */
export async function withSecretVariables(
  { parameters, each, secretMarker = '', context }: EffectInput,
  reveal: RevealVariables | undefined,
  secrets: Set<string>,
): Promise<Pick<EffectInput, 'parameters' | 'each'>> {
  const pattern = secretMarkerPattern(secretMarker);
  const names = new Set<string>();
  const written: JsonValue = [parameters, ...(each ?? [])];
  replaceTexts(written, (text) => {
    for (const [, name = ''] of text.matchAll(pattern)) names.add(name);
    return text;
  });
  if (names.size === 0) return { parameters, each };
  const values = (await reveal?.(context.workspace, [...names])) ?? new Map<string, string>();
  const missing = [...names].filter((name) => !values.has(name));
  if (missing.length > 0) throw variableMissing(missing);
  for (const value of values.values()) secrets.add(value);
  const [first = {}, ...others] = replaceTexts(written, (text) =>
    text.replaceAll(pattern, (_, name: string) => values.get(name) ?? ''),
  ) as JsonObject[];
  return { parameters: first, each: each && others };
}

function replaceTexts(value: JsonValue, replace: (text: string) => string): JsonValue {
  if (typeof value === 'string') return replace(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => replaceTexts(entry, replace));
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, replaceTexts(entry, replace)]));
}

function variableMissing(names: readonly string[]): StepFailure {
  return new StepFailure({
    code: 'variable-missing',
    message: `The secret variable ${names.join(', ')} is not there any more.`,
    hint: 'Add it again under Settings → Variables, or take it out of the node.',
  });
}
