import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import { graph } from '../../contracts/graph.ts';
import type { RunHeader } from '../../contracts/run.ts';
import {
  createLocalBus,
  createRunWriter,
  type Database,
  type EndedRun,
  openDatabase,
  type RunWriter,
} from '../../db/index.ts';
import { createWorkspace, runHeader } from '../../db/testing/fixtures.ts';
import { createMember, ownerOf } from '../../db/testing/people.ts';
import type { EndedRunListener } from '../records/announce-ended-runs.ts';
import { createFailureNotices } from './notify-failures.ts';

let db: Database;
let writer: RunWriter;
let workspace: string;
let listener: EndedRunListener;
const bus = createLocalBus();
beforeAll(async () => {
  db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
  workspace = await createWorkspace(db);
  writer = createRunWriter({ db, bus });
  listener = createFailureNotices({ db, bus });
}, 60_000);
afterAll(async () => {
  await writer.close();
  await db.close();
});

async function published(publisher: string) {
  return db.inWorkspace(workspace, async ({ automations }) => {
    const draft = graph.parse({});
    const { id } = await automations.create({ name: 'Orders', description: '', draft });
    const made = await automations.publish(id, { graph: draft, webhooks: [], by: publisher });
    if (made.kind !== 'published') throw new Error(made.kind);
    return { automation: id, version: made.version.id };
  });
}

/** As the announcer reads it. */
async function failed(of: Partial<RunHeader>): Promise<EndedRun> {
  const header = runHeader(workspace, { startedAt: Date.now(), run: ulid(), ...of });
  const failure = { code: 'http-404', message: `${header.run} found nothing` };
  const at = header.startedAt + 1;
  writer.record(header, [
    { type: 'run.started', state: 'running', seq: 0, at: header.startedAt },
    { type: 'run.finished', state: 'failed', failure, seq: 1, at },
  ]);
  await writer.flush();
  const place = { position: '0', last: '' };
  for (;;) {
    const { runs } = await db.asSystem(({ endedRuns }) => endedRuns.after(place, 1_000));
    const found = runs.find(({ run }) => run === header.run);
    if (found) return found;
  }
}

const unread = async (user: string) => {
  const filter = { unread: true, limit: 50 };
  const page = await db.inWorkspace(workspace, ({ chat }) => chat.notifications.list(`user:${user}`, filter));
  return page.items.map(({ times, about }) => ({ times, ...about }));
};

it('are told to who started a run, else to who published it, else to the owners', async () => {
  const [ana, bea] = [await createMember(db, workspace), await createMember(db, workspace)];
  const owner = await ownerOf(db, workspace);
  const of = await published(ana.id);
  const byHand = await failed({ ...of, trigger: 'manual', startedBy: bea.id });
  const byHook = await failed(of);
  await listener([byHand, byHook]);
  const line = (run: EndedRun) => ({
    ...{ times: 1, kind: 'run-failed', run: run.run, automation: { id: of.automation, name: 'Orders' } },
    message: `${run.run} found nothing`,
  });
  expect(await unread(bea.id)).toEqual([line(byHand)]);
  expect(await unread(ana.id)).toEqual([line(byHook)]);
  expect(await unread(owner)).toEqual([]);

  await db.sql.query('delete from memberships where "user" = $1', [ana.id]);
  const left = await failed(of);
  await listener([left]);
  expect(await unread(owner)).toEqual([line(left)]);
});

it('are one line for an automation until it is read, and each counts once however often it is announced', async () => {
  const ana = await createMember(db, workspace);
  const of = await published(ana.id);
  const storm: EndedRun[] = [];
  for (let n = 0; n < 5; n++) storm.push(await failed(of));
  await listener(storm.slice(0, 3));
  await listener(storm.slice(0, 3));
  await listener(storm);
  expect(await unread(ana.id)).toMatchObject([{ times: 5, run: storm.at(-1)!.run }]);
  await db.inWorkspace(workspace, ({ chat }) => chat.notifications.markRead(`user:${ana.id}`));
  await listener(storm);
  expect(await unread(ana.id)).toEqual([]);
  await listener([await failed(of)]);
  expect(await unread(ana.id)).toMatchObject([{ times: 1 }]);
});

it('are not told of a draft, nor of a run that its caller waits for', async () => {
  const ana = await createMember(db, workspace);
  const { automation, version } = await published(ana.id);
  const parent = { run: 'caller', node: 'n', index: 0 };
  const ended = [
    await failed({ automation, version: 'draft:x', startedBy: ana.id }),
    await failed({ automation, version, parent: { ...parent, waits: true } }),
  ];
  await listener(ended);
  expect(await unread(ana.id)).toEqual([]);
  await listener([await failed({ automation, version, parent: { ...parent, waits: false } })]);
  expect(await unread(ana.id)).toHaveLength(1);
});
