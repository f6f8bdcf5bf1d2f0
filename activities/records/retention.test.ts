import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import { createLocalBus, createRunWriter, type RunWriter } from '../../db/index.ts';
import { silent } from '../../db/log.ts';
import { describeDatabases } from '../../db/testing/describe-databases.ts';
import { createWorkspace, runEvents, runHeader, webhookGraph } from '../../db/testing/fixtures.ts';
import {
  createFolderStore,
  type FolderStore,
  runPrefix,
  workflowPrefix,
  workspacePrefix,
} from '../../storage/index.ts';
import { applyRetention } from './retention.ts';

const day = 86_400_000;
const byId = (one: { id: string }, other: { id: string }) => one.id.localeCompare(other.id);

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

  it('takes runs of agents with what they left in the store: by their days, with their conversation, with the run that called them', async () => {
    const workspace = await createWorkspace(database());
    const ana = 'user:ana';
    const conversation = await database().inWorkspace(workspace, ({ chat }) =>
      chat.conversations.create({ owner: ana, with: { kind: 'agent', id: 'a' }, visibility: 'private' }),
    );
    async function agentRun(hoursAgo: number | undefined, more: { conversation?: string; parent?: string }) {
      const run = ulid();
      const workflowId = `agent:${workspace}:a:${run}`;
      await database().inWorkspace(workspace, async ({ agentRuns }) => {
        const version = { id: 'v', number: 1 };
        await agentRuns.begin({
          ...{ run, agent: { id: 'a', name: 'A' }, version, trigger: 'api', workflowId, ...more },
        });
        await agentRuns.step({
          ...{
            run,
            step: 0,
            call: '',
            kind: 'model',
            name: 'm',
            state: 'succeeded',
            attempt: 1,
            result: 'said',
          },
        });
      });
      await database().sql.query(
        `update agent_runs set text = 'said', finished_at = now() - $2::int * interval '1 hour' where id = $1`,
        [run, hoursAgo ?? null],
      );
      await store.put(`${workflowPrefix(workspace, workflowId)}p/value`, Buffer.from('large'));
      await store.put(`${runPrefix({ workspace, run })}f/x/text%2Fplain/a`, Buffer.from('a file'));
      return run;
    }
    const days = 24;
    const ancient = await agentRun(101 * days, {});
    const young = await agentRun(9 * days, {});
    const answer = await agentRun(2, { conversation });
    const called = await agentRun(3, { parent: `agent:${answer}` });
    const going = await agentRun(undefined, { conversation });
    async function objectsOf(run: string): Promise<number> {
      let count = 0;
      for await (const { key } of store.list(workspacePrefix(workspace))) if (key.includes(run)) count++;
      return count;
    }
    const kept = async () => {
      const rows = await database().sql.query<{ id: string; text: string | null; steps: number }>(
        `select id, text, (select count(*)::int from agent_steps s where s.run = r.id) as steps from agent_runs r where workspace = $1`,
        [workspace],
      );
      return Promise.all(rows.map(async (row) => ({ ...row, objects: await objectsOf(row.id) })));
    };
    const whole = { text: 'said', steps: 1, objects: 2 };
    await apply();
    expect((await kept()).toSorted(byId)).toEqual(
      [young, answer, called, going].map((id) => ({ id, ...whole })).toSorted(byId),
    );

    expect(await objectsOf(ancient)).toBe(0);

    // At once what was said, at the next pass the rest; what goes on is waited for.
    await database().inWorkspace(workspace, async ({ agentRuns, chat }) => {
      await agentRuns.forget(conversation);
      await chat.conversations.remove(conversation);
    });
    expect((await kept()).find(({ id }) => id === called)).toMatchObject({ text: null, steps: 0 });
    await apply();
    await apply();
    expect((await kept()).toSorted(byId)).toEqual(
      [young, going].map((id) => ({ id, ...whole })).toSorted(byId),
    );
  });

  it('takes what people were told 90 days ago', async () => {
    const workspace = await createWorkspace(database());
    const about = { kind: 'approval', approval: 'a', title: 'Pay?' } as const;
    for (const key of ['old', 'new'])
      await database().inWorkspace(workspace, ({ chat }) =>
        chat.notifications.tell(['user:ana'], { key, thread: `approval:${key}`, about }),
      );
    await database().sql.query(
      `update notifications set created_at = now() - interval '91 days' where workspace = $1 and key = 'old'`,
      [workspace],
    );
    await apply();
    const left = await database().sql.query('select key from notifications where workspace = $1', [
      workspace,
    ]);
    expect(left).toEqual([{ key: 'new' }]);
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
