import type { Passage, PassageScores } from '../../contracts/knowledge/search.ts';
import type { FoundPassage } from '../../db/index.ts';

export interface ScoredPassage extends FoundPassage {
  scores: PassageScores;
}

/**
 * Passages of what was found, best first: chunks that follow each other in a document become one, in the place of the better one, and
 * what both repeat stands once.
 * @param found best first
 * @param most passages; a chunk that joins one of them takes no place of its own
 */
export function joinNeighbours(found: readonly ScoredPassage[], most: number): Passage[] {
  const groups: ScoredPassage[][] = [];
  for (const chunk of found) {
    const beside = groups.filter((group) => isBeside(group, chunk));
    const [home, other] = beside;
    if (home) {
      home.push(chunk);
      // It was the gap between two.
      if (other) {
        home.push(...other);
        groups.splice(groups.indexOf(other), 1);
      }
    } else if (groups.length < most) groups.push([chunk]);
  }
  return groups.map(toPassage);
}

function isBeside(group: readonly ScoredPassage[], { document, position }: ScoredPassage): boolean {
  return group.some((each) => each.document === document && Math.abs(each.position - position) === 1);
}

/** A chunk ends without the space behind it: that is at the end of what the next one repeats, or both were apart. */
function behind({ text, overlap }: ScoredPassage): string {
  if (overlap === 0) return `\n\n${text}`;
  const [space] = /\s*$/.exec(text.slice(0, overlap))!;
  return space + text.slice(overlap);
}

function toPassage(group: readonly ScoredPassage[]): Passage {
  const [best] = group;
  const inOrder = group.toSorted((a, b) => a.position - b.position);
  const [first, ...others] = inOrder;
  const { base, document, name, url, position, headings, page } = first!;
  return {
    ...{ base, document, name, position, headings },
    ...(url !== undefined && { url }),
    ...(page !== undefined && { page }),
    chunks: inOrder.map(({ chunk }) => chunk),
    text: others.reduce((text, next) => text + behind(next), first!.text),
    scores: best!.scores,
  };
}
