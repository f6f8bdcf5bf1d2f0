/**
 * `npm run test:matrix`: every operation of the OpenAPI document and every socket event × every kind of caller × own, foreign and
 * absent ids (tests/access/matrix.test.ts). The last line is one line of JSON, for whoever reads the log by machine.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, main } from './bootstrap/bootstrap.mjs';
import { root } from './bootstrap/root.mjs';
import { runChild } from './bootstrap/run-child.mjs';

await main(async () => {
  const node = await bootstrap();
  const folder = mkdtempSync(join(tmpdir(), 'hiviex-matrix-'));
  const result = join(folder, 'result.json');
  try {
    const { code } = await runChild(
      node,
      [join(root, 'scripts', 'test-run.ts'), 'tests/access/matrix.test.ts', ...process.argv.slice(2)],
      { env: { ...process.env, HIVIEX_MATRIX_RESULT: result } },
    );
    const tally = read(result);
    process.stdout.write(`${JSON.stringify(tally)}\n`);
    return code || (tally.failed > 0 ? 1 : 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A matrix that broke off before it could count has failed. */
function read(result) {
  try {
    return JSON.parse(readFileSync(result, 'utf8'));
  } catch {
    return { routes: 0, cases: 0, failed: 1 };
  }
}
