/** `{{name}}` in the instructions of an agent. Values are texts: what stands in one is never looked at again. */
import type { AgentVariable } from './agent.ts';

const mention = /\{\{\s*([A-Za-z_][A-Za-z0-9_]{0,63})\s*\}\}/g;

export function variablesIn(instructions: string): string[] {
  return [...new Set([...instructions.matchAll(mention)].map(([, name]) => name!))];
}

/** @param given by who starts the run; goes before the variables' own values. What is no variable stays as it is written. */
export function fillIn(
  instructions: string,
  variables: readonly AgentVariable[],
  given: Readonly<Record<string, string>> = {},
): string {
  const values = new Map(
    variables.map(({ name, value }) => [name, Object.hasOwn(given, name) ? given[name]! : value]),
  );
  return instructions.replace(mention, (written, name: string) => values.get(name) ?? written);
}
