import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { catalogue } from '../contracts/catalogue/index.ts';
import { graph } from '../contracts/graph.ts';
import { type Database, openDatabase } from '../db/index.ts';
import { createGuard } from '../outbound/guard/index.ts';
import { createActivities } from './index.ts';
import { activityContext, failureOf } from './testing.ts';

const log = pino({ level: 'silent' });
const guard = createGuard({ allow: '' });
let db: Database;

beforeAll(async () => {
  db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
});
afterAll(async () => {
  await db.close();
  await guard.close();
});

describe('createActivities', () => {
  it('names every activity by node type, and nothing that is none', async () => {
    await using activities = createActivities({ log, guard });
    const effects = catalogue.filter(({ role }) => role === 'effect').map(({ type }) => type);
    const others = [
      'loadVersion',
      'loadVariables',
      'loadFlow',
      'startGated',
      'reportDropped',
      'recordedSteps',
      'announce',
      'signResumeLink',
      'checkpoint',
      'askForNew',
      'bulkPage',
      'bulkState',
      'endedWorkflows',
      'requestSlots',
      'resolveAutomation',
      'watchRun',
      'loadAgent',
      'callModel',
      'callTool',
      'tellToolCall',
      'tellAgentRun',
      'endAgentRun',
      'readResult',
      'beginAnswer',
      'endAnswer',
      'titleConversation',
      'embedChunks',
      'buildIndex',
      'fillIndex',
      'activateIndex',
      'removeRetiredVectors',
      'fetchDocument',
      'readDocument',
      'finishDocument',
      'failDocument',
      'tellProgress',
      'addPages',
      'crawlDepth',
    ];
    expect(Object.keys(activities).sort()).toEqual([...effects, ...others].sort());
  });
});

describe('loadVersion', () => {
  it('gives the graph of a published version', async () => {
    await using activities = createActivities({ db, log, guard });
    const made = await db.asSystem(({ accounts }) =>
      accounts.createOwner({ email: 'a@b.test', name: 'A', passwordHash: 'x', workspace: 'W' }),
    );
    if (made.kind !== 'created') throw new Error(made.kind);
    const draft = graph.parse({
      nodes: [{ id: 't', name: 'Start', type: 'manual-trigger', position: { x: 0, y: 0 } }],
    });
    const published = await db.inWorkspace(made.workspace.id, async ({ automations }) => {
      const { id } = await automations.create({ name: 'One', description: '', draft });
      return await automations.publish(id, { graph: draft, webhooks: [] });
    });
    if (published.kind !== 'published') throw new Error(published.kind);
    const loaded = activityContext().run(activities.loadVersion, published.version.id, made.workspace.id);
    expect(await loaded).toEqual(draft);
    const foreign = activityContext().run(activities.loadVersion, published.version.id, 'another-workspace');
    expect((await failureOf(foreign)).failure.code).toBe('version-not-found');
  });

  it('fails for good when there is no such version, or no database', async () => {
    await using activities = createActivities({ db, log, guard });
    await using without = createActivities({ log, guard });
    const missing = await failureOf(activityContext().run(activities.loadVersion, 'nope', 'ws'));
    expect([missing.failure.code, missing.error.nonRetryable]).toEqual(['version-not-found', true]);
    const noDatabase = await failureOf(activityContext().run(without.loadVersion, 'nope', 'ws'));
    expect([noDatabase.failure.code, noDatabase.error.nonRetryable]).toEqual(['no-database', true]);
  });
});
