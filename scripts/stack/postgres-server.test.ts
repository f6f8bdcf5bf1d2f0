import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { startPostgres } from './postgres-server.ts';
import { processIdentity } from './process-identity.ts';
import { runTool } from './run-tool.ts';
import { describeWithPostgres } from './test-tools.ts';

describeWithPostgres('startPostgres', () => {
  it('gives a database where pgvector works, and is gone after stop', async () => {
    const server = await startPostgres({ say: () => {} });
    if ('skipped' in server) throw new Error(server.skipped);
    const sql = "create extension vector; select '[1,2,3]'::vector <-> '[1,2,5]'::vector";
    const result = await runTool(join(server.bin, 'psql'), [server.url, '-q', '-A', '-t', '-c', sql]);
    await server.stop();
    expect(result).toEqual({ ok: true, output: '2' });
    expect(processIdentity(server.pid)).toBeUndefined();
  });
});
