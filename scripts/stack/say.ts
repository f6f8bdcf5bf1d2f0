/** Progress lines of the local stack: plain text, one line each, the same on a terminal, in a pipe and in a CI log. */
export type Say = (line: string) => void;

export const say: Say = (line) => {
  process.stdout.write(`${line}\n`);
};

/** How often a long piece of work says that it is still going, in milliseconds. */
const REMINDER = 20_000;

/**
 * Says `line`, waits for `work`, and says that it is still going every 20 seconds, so that a three-minute build never
 * looks like a hang. Returns or throws what `work` does.
 */
export async function sayWhile<T>(tell: Say, line: string, work: () => Promise<T>): Promise<T> {
  tell(`${line} …`);
  const started = Date.now();
  const reminder = setInterval(() => {
    tell(`  still at it: ${line} (${Math.round((Date.now() - started) / 1000)} s)`);
  }, REMINDER);
  try {
    return await work();
  } finally {
    clearInterval(reminder);
  }
}
