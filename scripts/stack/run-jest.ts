/** Runs one part of the tests with Jest and counts, from Jest's own report, what came out. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { spawnLeashed } from './leashed-process.ts';

export interface Tally {
  passed: number;
  /** Failed tests, plus test files that could not even be loaded, plus one when Jest itself broke off. */
  failed: number;
  /** Full names of the skipped tests, with their file. */
  skipped: string[];
}

export interface JestRun {
  root: string;
  /** Folder for Jest's report. */
  results: string;
  env: Record<string, string>;
  /** As given after `npm test --`. */
  args: string[];
  /** `end-to-end` is the folder tests/, run one file at a time; `rooms` is all the rest, in parallel. */
  part: 'rooms' | 'end-to-end';
  /** Where Jest's own output goes. Default: ours. */
  output?: 'inherit' | 'ignore';
  /** Ends Jest, which then counts as a failure. */
  signal?: AbortSignal;
}

/** What Jest writes with --json: https://jestjs.io/docs/cli#--json, only the parts read here. */
interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[];
}

const IGNORED = ['/node_modules/', '/.hiviex/', '/dist/'];

export async function runJest({
  root,
  results,
  env,
  args,
  part,
  output = 'inherit',
  signal,
}: JestRun): Promise<Tally> {
  const outputFile = join(results, `${part}.json`);
  const endToEnd = join(root, 'tests');
  const where = {
    rooms: [
      ...ignoring([...IGNORED, `^${escapeRegExp(endToEnd)}/`]),
      `--maxWorkers=${Math.max(1, availableParallelism())}`,
    ],
    'end-to-end': [...ignoring(IGNORED), `--roots=${endToEnd}`, '--runInBand'],
  }[part];
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const child = spawnLeashed({
    command: process.execPath,
    args: [jest, ...where, '--passWithNoTests', '--json', `--outputFile=${outputFile}`, ...args],
    cwd: root,
    env: { ...process.env, ...env },
    stdio: output,
  });
  const stop = () => void child.stop();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  const { code } = await child.ended;
  signal?.removeEventListener('abort', stop);
  if (!existsSync(outputFile)) return { passed: 0, failed: code === 0 ? 0 : 1, skipped: [] };
  const tally = tallyOf(JSON.parse(readFileSync(outputFile, 'utf8')) as JestReport, root);
  // A setting such as a coverage threshold, or a crash at the end, fails the run without failing a test.
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

export function tallyOf(report: JestReport, root: string): Tally {
  const skipped = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter(({ status }) => status === 'pending' || status === 'todo')
      .map(({ fullName }) => `${file.name.replace(`${root}/`, '')}: ${fullName}`),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped,
  };
}

function ignoring(patterns: string[]): string[] {
  return patterns.map((pattern) => `--testPathIgnorePatterns=${pattern}`);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
