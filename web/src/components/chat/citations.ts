/** What an answer cites: passages that its tools found, numbered in the order in which its text names them. */
import type { Citation, MessagePart } from '../../../../contracts/chat/message.ts';

export interface Cited {
  /** By the name that the text has for it: its number, from 1. */
  numbers: ReadonlyMap<string, number>;
  /** In that order. */
  citations: readonly Citation[];
}

/** As the tool tells the model to write it. Several in one pair of brackets count each. */
const marker = /\[(k[0-9a-f]{6}(?:\s*[,;]\s*k[0-9a-f]{6})*)\]/g;

export function citedIn(parts: readonly MessagePart[]): Cited {
  const found = new Map<string, Citation>();
  for (const part of parts)
    if (part.type === 'tool') for (const each of part.citations ?? []) found.set(each.id, each);
  const numbers = new Map<string, number>();
  for (const part of parts)
    if (part.type === 'text')
      for (const [, ids] of part.text.matchAll(marker))
        for (const id of namesIn(ids!))
          if (found.has(id) && !numbers.has(id)) numbers.set(id, numbers.size + 1);
  return { numbers, citations: [...numbers.keys()].map((id) => found.get(id)!) };
}

/** Numbers in place of names. A name that nothing was found by is the model's own, and goes. */
export function withNumbers(text: string, { numbers }: Pick<Cited, 'numbers'>): string {
  if (numbers.size === 0) return text;
  return text.replace(marker, (_, ids: string) => {
    const known = namesIn(ids).flatMap((id) => numbers.get(id) ?? []);
    return known.map((number) => `[${number}]`).join('');
  });
}

function namesIn(ids: string): string[] {
  return ids.split(/\s*[,;]\s*/);
}
