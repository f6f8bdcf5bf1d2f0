/**
 * Reads dynamic-config.yaml for the dev server, which takes flags instead of a file.
 * Only the shape that the file itself prescribes is read; anything else is an error, never silently dropped.
 */
import { readFileSync } from 'node:fs';

const file = new URL('./dynamic-config.yaml', import.meta.url);

/** `['--dynamic-config-value', 'matching.enableFairness=true', …]`, in the file's order. */
export function dynamicConfigFlags(): string[] {
  return parseDynamicConfig(readFileSync(file, 'utf8')).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${JSON.stringify(value)}`,
  ]);
}

/** Pairs of key and value. Throws with the line number on a line that is neither a comment, a key nor its value. */
export function parseDynamicConfig(text: string): [key: string, value: boolean | number][] {
  const settings: [string, boolean | number][] = [];
  let key: string | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const [, newKey] = /^([A-Za-z][\w.-]*):$/.exec(line) ?? [];
    const [, value] = /^ {2}- value: (true|false|\d+(?:\.\d+)?)$/.exec(line) ?? [];
    if (newKey && key === undefined) key = newKey;
    else if (value && key !== undefined) {
      settings.push([key, JSON.parse(value) as boolean | number]);
      key = undefined;
    } else throw new Error(`dynamic-config.yaml, line ${index + 1}: cannot read "${line}".`);
  }
  if (key !== undefined) throw new Error(`dynamic-config.yaml: "${key}" has no value.`);
  return settings;
}
