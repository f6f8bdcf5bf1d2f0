import { beforeAll, expect, it } from '@jest/globals';
import type { RunHeader } from '../../contracts/run.ts';
import type { RunState } from '../../contracts/states.ts';
import { createLocalBus } from '../bus/local-bus.ts';
import { createRunWriter } from '../records/run-writer.ts';
import { describeDatabases } from '../testing/describe-databases.ts';
import { createWorkspace, runHeader, webhookGraph } from '../testing/fixtures.ts';
import type { RunFilter } from './run-filter.ts';

describeDatabases('Runs', (database) => {
  let workspace: string;
  let other: string;
  let automation: string;
  const headers: RunHeader[] = [];
  const at = (minute: number) => Date.parse('2026-03-01T12:00:00.000Z') + minute * 60_000;
  const states: RunState[] = ['succeeded', 'failed', 'running', 'waiting', 'queued', 'cancelled'];

  beforeAll(async () => {
    workspace = await createWorkspace(database());
    other = await createWorkspace(database());
    automation = await database().inWorkspace(workspace, async ({ automations }) => {
      const draft = webhookGraph('runs');
      const { id } = await automations.create({ name: 'Orders', description: '', draft });
      return id;
    });
    const writer = createRunWriter({ db: database(), bus: createLocalBus() });
    for (const [minute, state] of states.entries()) {
      const header = runHeader(workspace, {
        automation: minute % 2 === 0 ? automation : 'gone',
        trigger: minute < 3 ? 'webhook' : 'schedule',
        startedAt: at(minute),
      });
      headers.push(header);
      writer.record(header, state === 'queued' ? [] : [{ type: 'run.state', seq: 1, at: at(minute), state }]);
    }
    writer.record(runHeader(other, { startedAt: at(9) }), []);
    await writer.close();
  });

  const list = async (filter: RunFilter) =>
    (await database().inWorkspace(workspace, ({ runs }) => runs.list(filter, { limit: 50 }))).items.map(
      (run) => headers.findIndex((header) => header.run === run.id),
    );

  it('lists those of its workspace, last started first', async () => {
    expect(await list({})).toEqual([5, 4, 3, 2, 1, 0]);
  });

  it('filters by automation, state, trigger and time', async () => {
    expect(await list({ automation })).toEqual([4, 2, 0]);
    expect(await list({ state: 'waiting' })).toEqual([3]);
    expect(await list({ trigger: 'webhook' })).toEqual([2, 1, 0]);
    const from = new Date(at(2)).toISOString();
    const to = new Date(at(4)).toISOString();
    expect(await list({ from, to })).toEqual([3, 2]);
    expect(await list({ automation, trigger: 'webhook', from })).toEqual([2]);
  });

  it('goes on where the page before ended', async () => {
    await database().inWorkspace(workspace, async ({ runs }) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await runs.list({}, { limit: 4, cursor });
        seen.push(...page.items.map((run) => run.id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual(headers.map((header) => header.run).toReversed());
    });
  });

  it('names the automation, and is still there when the automation is not', async () => {
    await database().inWorkspace(workspace, async ({ runs }) => {
      expect(await runs.get(headers[0]?.run ?? '')).toMatchObject({
        automation: { id: automation, name: 'Orders' },
        version: { id: 'version-1', number: 0 },
      });
      expect(await runs.get(headers[1]?.run ?? '')).toMatchObject({ automation: { id: 'gone', name: '' } });
    });
  });

  it('counts by state', async () => {
    await database().inWorkspace(workspace, async ({ runs }) => {
      expect(await runs.countByState()).toEqual(Object.fromEntries(states.map((state) => [state, 1])));
      expect(await runs.countByState({ automation })).toMatchObject({ succeeded: 1, failed: 0, running: 1 });
    });
  });

  it("shows an automation's last run in the list of automations", async () => {
    await database().inWorkspace(workspace, async ({ automations }) => {
      expect((await automations.list({ limit: 1 })).items[0]?.lastRun).toEqual({
        id: headers[4]?.run,
        state: 'queued',
        startedAt: new Date(at(4)).toISOString(),
      });
    });
  });

  it('shows nothing to another workspace', async () => {
    await database().inWorkspace(other, async ({ runs, steps }) => {
      expect(await runs.get(headers[0]?.run ?? '')).toBeUndefined();
      expect(await steps.count(headers[0]?.run ?? '')).toBe(0);
      expect((await runs.list({}, { limit: 50 })).items).toHaveLength(1);
    });
  });

  it('gives the reconciler what has no end yet', async () => {
    await database().asSystem(async ({ runRecords }) => {
      const open: string[] = [];
      let after: string | undefined;
      do {
        const page = await runRecords.open({ after, limit: 2 });
        open.push(...page.map((row) => row.header.run));
        after = page.at(-1)?.header.run;
      } while (after);
      expect(open).toEqual(expect.arrayContaining([2, 3, 4].map((position) => headers[position]?.run)));
      expect(open).toHaveLength(4);
      expect(await runRecords.known([headers[0]?.run ?? '', 'unknown'])).toEqual(new Set([headers[0]?.run]));
    });
  });

  it('says in the list too what a queued run waits for, and no more once it works', async () => {
    const third = await createWorkspace(database());
    const header = runHeader(third);
    const writer = createRunWriter({ db: database(), bus: createLocalBus() });
    const queuedFor = { kind: 'limit', scope: 'automation', limit: 2 } as const;
    const shown = () =>
      database().inWorkspace(third, async ({ runs }) => (await runs.list({}, { limit: 1 })).items[0]);
    writer.record(header, [{ type: 'run.state', seq: 0, at: at(0), state: 'queued', queuedFor }]);
    await writer.flush();
    expect(await shown()).toMatchObject({ state: 'queued', queuedFor });
    writer.record(header, [{ type: 'run.state', seq: 1, at: at(1), state: 'running' }]);
    await writer.close();
    expect(await shown()).not.toHaveProperty('queuedFor');
  });
});
