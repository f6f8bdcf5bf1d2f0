/** Finds node types by what a person types: label in either language, keywords, description. */
import { catalogue } from '../../../../../contracts/catalogue/index.ts';
import type { NodeGroup, NodeType } from '../../../../../contracts/node-type.ts';

export const groupOrder: readonly NodeGroup[] = ['triggers', 'actions', 'ai', 'data', 'flow', 'notes'];

/** Best match first; the catalogue's own order for an empty search. */
export function searchNodeTypes(search: string, types: readonly NodeType[] = catalogue): NodeType[] {
  const words = plain(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...types];
  return types
    .map((type) => ({ type, score: Math.min(...words.map((word) => scoreOf(type, word))) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ type }) => type);
}

function scoreOf(type: NodeType, word: string): number {
  const labels = [type.label.en, type.label.pt, type.type].map(plain);
  if (labels.some((label) => label.startsWith(word))) return 4;
  if (labels.some((label) => label.includes(word))) return 3;
  if (type.keywords.some((keyword) => plain(keyword).startsWith(word))) return 2;
  return [type.description.en, type.description.pt].some((text) => plain(text).includes(word)) ? 1 : 0;
}

/** Lower case, without accents: "condicao" finds "condição". */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .trim();
}
