/** What workflows leave in the object store, with a real Temporal server: nothing that a living one may need goes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { gateWorkflow } from '../../contracts/gates.ts';
import { type Database, openDatabase } from '../../db/index.ts';
import { silent } from '../../db/log.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import { startTemporal, type TemporalServer } from '../../scripts/stack/temporal-server.ts';
import { describeWithTemporal, temporalBinary } from '../../scripts/stack/test-tools.ts';
import { createFolderStore, type FolderStore, otherPrefix, workflowPrefix } from '../../storage/index.ts';
import { collectLeftValues } from './collect-left-values.ts';

const hour = 3_600_000;

describeWithTemporal('collectLeftValues', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hiviex-left-values-'));
  let temporal: TemporalServer;
  let connection: Connection;
  let client: Client;
  let db: Database;
  let store: FolderStore;
  let workspace: string;
  beforeAll(async () => {
    temporal = await startTemporal({ binary: temporalBinary(), say: () => {} });
    connection = await Connection.connect({ address: temporal.address });
    client = new Client({ connection });
    db = await openDatabase({ dataDir: 'memory://' });
    await db.migrate();
    workspace = await createWorkspace(db);
    store = createFolderStore({ folder, linkBase: 'http://localhost/' });
  }, 120_000);
  afterAll(async () => {
    await store.close();
    await db.close();
    await connection.close();
    await temporal.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function put(key: string, hoursAgo: number): Promise<void> {
    await store.put(key, Buffer.from('a large value'));
    const at = new Date(Date.now() - hoursAgo * hour);
    await utimes(join(folder, key), at, at);
  }
  async function left(): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of store.list(otherPrefix(workspace))) keys.push(key.split('/').at(-1)!);
    return keys.sort();
  }

  it('takes those of ended gates, and of living ones what is older than their execution', async () => {
    const idOf = (node: string) => `gate:${workspace}:automation:${node}:0123456789abcdef`;
    const at = (node: string) => `${workflowPrefix(workspace, idOf(node))}p/${node}`;
    await client.workflow.start(gateWorkflow, { workflowId: idOf('living'), taskQueue: 'nobody' });
    const ended = await client.workflow.start(gateWorkflow, {
      workflowId: idOf('ended'),
      taskQueue: 'nobody',
    });
    await ended.terminate();
    await put(`${at('living')}-of-former-execution`, 26);
    await put(`${at('living')}-of-this-one`, 1);
    await put(`${at('ended')}-long-ago`, 26);
    await put(`${at('ended')}-just-now`, 1);
    await put(`${at('forgotten')}-by-temporal`, 26);
    await put(`${otherPrefix(workspace)}0123456789abcdef/p/of-a-hash`, 26);

    expect(await collectLeftValues({ client, db, store, log: silent })).toBe(3);
    expect(await left()).toEqual(['ended-just-now', 'living-of-this-one', 'of-a-hash']);
  });

  it('takes those of conversations and runs of agents that are gone, when they have ended, and keeps a run’s with its record', async () => {
    const elsewhere = await createWorkspace(db);
    const conversation = await db.inWorkspace(elsewhere, ({ chat }) =>
      chat.conversations.create({
        owner: 'user:ana',
        with: { kind: 'agent', id: 'a' },
        visibility: 'private',
      }),
    );
    await db.inWorkspace(elsewhere, ({ agentRuns }) =>
      agentRuns.begin({
        ...{
          run: 'recorded',
          agent: { id: 'a', name: 'A' },
          version: { id: 'v', number: 1 },
          trigger: 'api',
        },
        workflowId: `agent:${elsewhere}:a:recorded`,
      }),
    );
    const at = (workflowId: string, value: string) => `${workflowPrefix(elsewhere, workflowId)}p/${value}`;
    const talk = (id: string) => `conversation:${elsewhere}:${id}`;
    const run = (id: string) => `agent:${elsewhere}:a:${id}`;
    const still = talk('deleted-and-going');
    await client.workflow.start('conversation', { workflowId: still, taskQueue: 'nobody' });
    await put(at(talk(conversation), 'of-today'), 3);
    await put(at(talk(conversation), 'of-yesterday'), 26);
    await put(at(talk('deleted'), 'of-a-deleted-one'), 3);
    await put(at(still, 'needed-still'), 1);
    await put(at(run('recorded'), 'of-a-record'), 900);
    await put(at(run('swept'), 'of-a-swept-record'), 3);
    await put(at(run('beginning'), 'of-one-that-begins'), 1);

    expect(await collectLeftValues({ client, db, store, log: silent })).toBe(3);
    const kept: string[] = [];
    for await (const { key } of store.list(otherPrefix(elsewhere))) kept.push(key.split('/').at(-1)!);
    expect(kept.sort()).toEqual(['needed-still', 'of-a-record', 'of-one-that-begins', 'of-today']);
  });
});
