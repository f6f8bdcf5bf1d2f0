/**
 * What in a tool's description is worth a second look before it is approved. It is no filter: whoever means harm finds other words. It
 * only points a reader at what is easily overlooked in a long text.
 */
import type { McpTool } from './mcp-tool.ts';

/** `orders`: it tells the model what to do beside the call. `hides`: it asks to keep something from people. `carries`: it wants secrets or files as arguments. `markup`: text that pretends to be of the system. */
export const suspicionKinds = ['orders', 'hides', 'carries', 'markup'] as const;
export type Suspicion = (typeof suspicionKinds)[number];

const signs: Record<Suspicion, RegExp> = {
  orders:
    /\b(ignore|disregard|forget)\b.{0,40}\b(previous|prior|above|earlier|other|all)\b|\b(before|after|instead of) (using|calling) (this|any|other)\b|\byou must (first|always|also)\b/i,
  hides: /\b(do not|don't|never|without) (tell|mention|inform|show|telling|mentioning|informing|showing)\b/i,
  carries:
    /(~|\/)\.(ssh|aws|env|npmrc|netrc)\b|\bid_rsa\b|\b(api[ _-]?keys?|passwords?|private keys?|access tokens?|system prompt)\b/i,
  markup: /<\/?\s*(important|system|instructions?|assistant|hidden|secret)\b|\[(system|inst)\]/i,
};

export function suspicionsOf({ title, description, parameters }: McpTool): Suspicion[] {
  const text = [title, description, JSON.stringify(parameters)].join('\n');
  return suspicionKinds.filter((kind) => signs[kind].test(text));
}
