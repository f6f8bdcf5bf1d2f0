import type { MentionedVariables } from '../../contracts/variables.ts';

/** Which other nodes a node's parameters name. */
export interface NodeReferences {
  /** Names in order of appearance, each once. */
  readonly names: string[];
  /** True when some reference is computed (`$(name)`), so that any node may be meant. */
  readonly dynamic: boolean;
}

/** `$('Name')`, `$items("Name")`, `$node["Name"]`, `$node.Name`, with what follows to tell literal from computed. */
const REFERENCE =
  /(?<![\w$.])(?:\$(?:items)?\s*\(\s*(?:(?<call>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.)*`)\s*(?<after>[),])|(?<none>\))|(?<computed>[^)\s]))|\$node\s*(?:\?\.)?\s*(?:\[\s*(?:(?<key>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.)*`)\s*\]|(?<computedKey>.))|\.?\s*(?<name>[A-Za-z_$][\w$]*)))/g;

/**
 * Finds by text which nodes are named anywhere in the parameters: in expressions and in the text of Code nodes. It
 * reads source rather than syntax so that code which does not parse here (a Code node's) counts too; a name that
 * only stands in a comment is included, which costs an input but never misses one.
 */
export function referencedNodes(parameters: unknown): NodeReferences {
  const names = new Set<string>();
  let dynamic = false;
  for (const text of texts(parameters, 0)) {
    if (!text.includes('$')) continue;
    for (const { groups } of text.matchAll(REFERENCE)) {
      const quoted = groups?.call ?? groups?.key;
      if (quoted !== undefined) names.add(unquote(quoted));
      else if (groups?.name !== undefined) names.add(groups.name);
      else if (groups?.computed !== undefined || groups?.computedKey !== undefined) dynamic = true;
    }
  }
  return { names: [...names], dynamic };
}

/** `$vars.name`, `$vars['name']`; anything else that follows `$vars` may mean each of them. */
const VARIABLE =
  /(?<![\w$.])\$vars(?![\w$])\s*(?:(?:\?\.)?\s*\[\s*(?<key>'[^'\\\n]*'|"[^"\\\n]*"|`[^`\\$]*`)\s*\]|\??\.\s*(?<name>[A-Za-z_$][\w$]*))?/g;

/** Finds by text which workspace variables are mentioned anywhere in the parameters; `all` when some name is computed. */
export function mentionedVariables(parameters: unknown): MentionedVariables {
  const names = new Set<string>();
  for (const text of texts(parameters, 0)) {
    if (!text.includes('$vars')) continue;
    for (const { groups } of text.matchAll(VARIABLE)) {
      const name = groups?.name ?? groups?.key?.slice(1, -1);
      if (name === undefined) return 'all';
      names.add(name);
    }
  }
  return [...names];
}

function* texts(value: unknown, depth: number): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null || depth > 100) return;
  for (const child of Array.isArray(value) ? value : Object.values(value)) yield* texts(child, depth + 1);
}

function unquote(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(/\\(u\{[0-9a-f]+\}|u[0-9a-f]{4}|x[0-9a-f]{2}|[\s\S])/gi, (_whole, escaped: string) => {
      const hex = /^[ux]\{?([0-9a-f]+)/i.exec(escaped)?.[1];
      if (hex !== undefined && escaped.length > 1)
        return String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(hex, 16)));
      return { n: '\n', t: '\t', r: '\r' }[escaped] ?? escaped;
    });
}
