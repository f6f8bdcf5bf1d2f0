/** A tool's result as text for a model: what is structured is told as JSON, unless the text says the same. */

import { canonicalText } from '../../contracts/canonical-text.ts';
import type { JsonValue } from '../../contracts/json.ts';
import type { McpResult } from '../../outbound/mcp/index.ts';

export function textOfResult({ text, structured }: Pick<McpResult, 'text' | 'structured'>): string {
  if (structured === undefined) return text;
  if (isSame(text, structured)) return text;
  return [text, JSON.stringify(structured)].filter((part) => part !== '').join('\n\n');
}

function isSame(text: string, structured: JsonValue): boolean {
  try {
    return canonicalText(JSON.parse(text)) === canonicalText(structured);
  } catch {
    return false;
  }
}
