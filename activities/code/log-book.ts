/** What the code wrote with console.log, within bounds: a loop that logs must not fill the run's history. */
export interface LogBook {
  add(line: string): void;
  lines(): string[];
}

const maxLines = 200;
const maxCharacters = 2_000;

export function createLogBook(): LogBook {
  const kept: string[] = [];
  let dropped = 0;
  return {
    add(line) {
      if (kept.length === maxLines) dropped++;
      else kept.push(line.length > maxCharacters ? `${line.slice(0, maxCharacters)}…` : line);
    },
    lines() {
      return dropped === 0 ? kept : [...kept, `… and ${dropped} more lines, which were not kept.`];
    },
  };
}
