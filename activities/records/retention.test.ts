import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createLocalBus, createRunWriter, type RunWriter } from '../../db/index.ts';
import { silent } from '../../db/log.ts';
import { describeDatabases } from '../../db/testing/describe-databases.ts';
import { createWorkspace, runEvents, runHeader, webhookGraph } from '../../db/testing/fixtures.ts';
import { createFolderStore, type FolderStore, runPrefix } from '../../storage/index.ts';
import { applyRetention } from './retention.ts';

const day = 86_400_000;

describeDatabases('Retention', (database) => {
  const folder = mkdtempSync(join(tmpdir(), 'hiviex-retention-'));
  let store: FolderStore;
  let writer: RunWriter;
  beforeAll(() => {
    store = createFolderStore({ folder, linkBase: 'http://localhost/' });
    writer = createRunWriter({ db: database(), bus: createLocalBus() });
  });
  afterAll(async () => {
    await writer.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function recordRun(workspace: string, automation: string, daysAgo: number, ends = true) {
    const startedAt = Date.now() - daysAgo * day;
    const header = runHeader(workspace, { automation, startedAt });
    const events = runEvents(startedAt, ['hook', 'edit']);
    writer.record(header, ends ? events : events.slice(0, -1));
    await writer.flush();
    await store.put(`${runPrefix(header)}p/abc`, Buffer.from('a body'));
    return header.run;
  }
  async function left(workspace: string, run: string) {
    const objects: string[] = [];
    for await (const { key } of store.list(runPrefix({ workspace, run }))) objects.push(key);
    return database().inWorkspace(workspace, async ({ runs, steps }) => {
      const row = await runs.get(run);
      const list = (await steps.list(run, { limit: 10 })).items;
      const outputs = list.filter((step) => Object.keys(step.outputs).length > 0).length;
      return {
        run: row?.state,
        emptied: row?.emptiedAt !== undefined,
        steps: list.length,
        outputs,
        objects: objects.length,
      };
    });
  }
  const apply = () => applyRetention({ db: database(), store, log: silent, bodyDays: 10, runDays: 100 });
  const whole = { run: 'succeeded', emptied: false, steps: 2, outputs: 2, objects: 1 };
  const emptied = { run: 'succeeded', emptied: true, steps: 2, outputs: 0, objects: 0 };
  const gone = { run: undefined, emptied: false, steps: 0, outputs: 0, objects: 0 };

  it('takes bodies first, then runs, and leaves what is young or still runs', async () => {
    const workspace = await createWorkspace(database());
    const young = await recordRun(workspace, 'a', 9);
    const old = await recordRun(workspace, 'a', 11);
    const ancient = await recordRun(workspace, 'a', 101);
    const open = await recordRun(workspace, 'a', 500, false);
    expect(await apply()).toEqual({ emptied: 1, removed: 1 });
    expect(await left(workspace, young)).toEqual(whole);
    expect(await left(workspace, old)).toEqual(emptied);
    expect(await left(workspace, ancient)).toEqual(gone);
    expect(await left(workspace, open)).toMatchObject({ run: 'running', steps: 2, objects: 1 });
    expect(await apply()).toEqual({ emptied: 0, removed: 0 });
  });

  it('keeps what is held: a run, or all of an automation', async () => {
    const workspace = await createWorkspace(database());
    const { id } = await database().inWorkspace(workspace, ({ automations }) =>
      automations.create({ name: 'Held', description: '', draft: webhookGraph(workspace) }),
    );
    const held = await recordRun(workspace, 'a', 500);
    const ofHeld = await recordRun(workspace, id, 500);
    await database().inWorkspace(workspace, async ({ runs, automations }) => {
      await runs.hold(held, true);
      await automations.keep(id, { hold: true });
    });
    await apply();
    expect(await left(workspace, held)).toEqual(whole);
    expect(await left(workspace, ofHeld)).toEqual(whole);
    await database().inWorkspace(workspace, async ({ runs, automations }) => {
      await runs.hold(held, false);
      await automations.keep(id, { hold: false });
    });
    await apply();
    expect(await left(workspace, held)).toEqual(gone);
    expect(await left(workspace, ofHeld)).toEqual(gone);
  });

  it("follows the automation's days before the workspace's, and those before the instance's", async () => {
    const workspace = await createWorkspace(database());
    const { id } = await database().inWorkspace(workspace, ({ automations }) =>
      automations.create({ name: 'Short', description: '', draft: webhookGraph(workspace) }),
    );
    await database().asSystem(({ workspaces }) => workspaces.keep(workspace, { bodyDays: 0, runDays: 50 }));
    await database().inWorkspace(workspace, ({ automations }) => automations.keep(id, { runDays: 5 }));
    const ofWorkspace = await recordRun(workspace, 'other', 40);
    const older = await recordRun(workspace, 'other', 60);
    const ofAutomation = await recordRun(workspace, id, 6);
    await apply();
    // Bodies are kept for ever there: 0 days.
    expect(await left(workspace, ofWorkspace)).toEqual(whole);
    expect(await left(workspace, older)).toEqual(gone);
    expect(await left(workspace, ofAutomation)).toEqual(gone);
  });
});
