/**
 * The second half of `npm test`: prepares what the tests need from outside, runs Jest, and sums up.
 *
 * The tests find their tools in environment variables (scripts/stack/test-tools.ts). What is not to be had here is said
 * once, and the tests that need it are skipped and listed at the end; a skipped tool is never a silent pass.
 * The last line is `N passed, N failed, N skipped`, alone, for whoever reads the log by machine.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runJest, type Tally } from './stack/run-jest.ts';
import { say } from './stack/say.ts';
import { prepareTestTools } from './stack/test-environment.ts';

const root = join(import.meta.dirname, '..');
const results = join(root, '.hiviex', `test-results-${process.pid}`);

process.exitCode = await run(process.argv.slice(2));

async function run(jestArguments: string[]): Promise<number> {
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());
  const { signal } = interrupted;
  const tools = await prepareTestTools({ root, say });
  mkdirSync(results, { recursive: true });
  try {
    const common = { root, results, env: tools.env, args: jestArguments, signal };
    // The end-to-end tests start whole servers and browsers: one at a time, or they measure each other.
    const rooms = await runJest({ ...common, part: 'rooms' });
    const endToEnd = await runJest({ ...common, part: 'end-to-end' });
    return report([rooms, endToEnd], tools, jestArguments.length === 0);
  } finally {
    rmSync(results, { recursive: true, force: true });
    await tools.stop();
  }
}

/** Prints the summary; 0 when something ran and nothing failed. A run of everything lists what it skipped. */
function report(
  tallies: Tally[],
  tools: { missing: string[]; failures: string[] },
  everything: boolean,
): number {
  const sum = (count: (tally: Tally) => number) => tallies.map(count).reduce((a, b) => a + b, 0);
  const passed = sum((tally) => tally.passed);
  const failed = sum((tally) => tally.failed) + tools.failures.length;
  const skipped = tallies.flatMap((tally) => tally.skipped);

  say('');
  for (const reason of tools.missing) say(`Not to be had here: ${reason}`);
  if (everything && skipped.length > 0) say(`Skipped:\n${skipped.map((name) => `  - ${name}`).join('\n')}`);
  for (const failure of tools.failures) say(`Failed: ${failure}`);
  if (passed + failed === 0) say('No test ran.');
  say(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
