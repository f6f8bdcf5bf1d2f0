/** On a real Temporal dev server: a workflow that nobody serves stays open until it is ended. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { ulid } from 'ulid';
import { automationWorkflow, workflowIdOf } from '../../contracts/run.ts';
import { createLocalBus, createRunWriter, type Database, openDatabase } from '../../db/index.ts';
import { silent } from '../../db/log.ts';
import { createWorkspace, runEvents, runHeader } from '../../db/testing/fixtures.ts';
import { createFolderStore, type ObjectStore } from '../../storage/index.ts';
import { createWorkspacePurge, purgeDeletedWorkspaces } from './purge-workspaces.ts';

const binary = process.env.HIVIEX_TEST_TEMPORAL_BINARY;

(binary ? describe : describe.skip)('The purge of deleted workspaces', () => {
  let environment: TestWorkflowEnvironment;
  let db: Database;
  let folder: string;
  let store: ObjectStore;

  beforeAll(async () => {
    environment = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'existing-path', path: binary as string } },
    });
    folder = await mkdtemp(join(tmpdir(), 'hiviex-purge-'));
    store = createFolderStore({ folder, linkBase: '' });
    db = await openDatabase({ dataDir: 'memory://' });
    await db.migrate();
  }, 180_000);
  afterAll(async () => {
    await db?.close();
    await environment?.teardown();
    await rm(folder, { recursive: true });
  }, 60_000);

  /** A workspace with one run that goes on and one whose workflow Temporal does not know. */
  async function deleted(days: number) {
    const workspace = await createWorkspace(db);
    const bus = createLocalBus();
    const writer = createRunWriter({ db, bus });
    const [open, lost] = [ulid(), ulid()].map((run) => {
      const workflowId = workflowIdOf({ workspace, automation: 'automation-1', run });
      const header = runHeader(workspace, { run, workflowId });
      writer.record(header, runEvents(header.startedAt, ['hook']).slice(0, 1));
      return workflowId;
    });
    await writer.close();
    await bus.close();
    const handle = await environment.client.workflow.start(automationWorkflow, {
      taskQueue: 'nobody-serves',
      workflowId: open!,
    });
    await db.sql.query(`update workspaces set deleted_at = now() - $2 * interval '1 day' where id = $1`, [
      workspace,
      days,
    ]);
    return { workspace, lost, status: async () => (await handle.describe()).status.name };
  }
  const rows = async (workspace: string) =>
    (await db.sql.query('select id from runs where workspace = $1', [workspace])).length;

  it('ends the runs and removes the rows of those whose grace is over, and of no other', async () => {
    const due = await deleted(31);
    const young = await deleted(29);
    const object = (workspace: string) => `w/${workspace}/r/run/p/value`;
    for (const { workspace } of [due, young]) await store.put(object(workspace), Buffer.from('x'));
    const options = { client: environment.client, db, store, log: silent };
    expect(await purgeDeletedWorkspaces(options)).toEqual([due.workspace]);
    expect([await due.status(), await rows(due.workspace)]).toEqual(['TERMINATED', 0]);
    expect(await store.head(object(due.workspace))).toBeUndefined();
    expect(await store.head(object(young.workspace))).toMatchObject({ bytes: 1 });
    expect([await young.status(), await rows(young.workspace)]).toEqual(['RUNNING', 2]);
    expect(await purgeDeletedWorkspaces(options)).toEqual([]);
  });

  it('begins when it is started, and stops between two passes', async () => {
    const due = await deleted(31);
    const told: unknown[] = [];
    const log = { ...silent, info: (about: object) => void told.push(about) };
    const purge = createWorkspacePurge({ client: environment.client, db, store, log, everyMs: 1 });
    purge.start();
    while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await purge.stop();
    expect(told).toEqual([{ workspace: due.workspace, ended: 2 }]);
    const late = await deleted(31);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await rows(late.workspace)).toBe(2);
  });
});
