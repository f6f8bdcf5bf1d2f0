import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bus } from '../contracts/bus.ts';
import { createLocalBus, type Database, openDatabase } from '../db/index.ts';
import { createWorkspace } from '../db/testing/fixtures.ts';
import { forgetChangedFlows, runFlowOf, workspaceFlowsOf } from './workspace-flows.ts';

let db: Database;
let bus: Bus;
let stop: () => void;
beforeAll(async () => {
  db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
  bus = createLocalBus();
  stop = forgetChangedFlows(db, bus);
});
afterAll(async () => {
  stop();
  await bus.close();
  await db.close();
});

const limitTo = (workspace: string, limit: number) =>
  db.asSystem(({ workspaces }) => workspaces.setFlow(workspace, { concurrency: { limit, policy: 'queue' } }));

describe('What a workspace says of the flow of its runs', () => {
  it('is remembered until the bus tells of a change', async () => {
    const [mine, other] = [await createWorkspace(db), await createWorkspace(db)];
    const flows = workspaceFlowsOf(db);
    expect(runFlowOf(await flows.get(mine))).toBeUndefined();
    await limitTo(mine, 3);
    expect(runFlowOf(await flows.get(mine))).toBeUndefined();
    bus.publish({ kind: 'workspace.changed', workspace: other });
    expect(runFlowOf(await flows.get(mine))).toBeUndefined();
    bus.publish({ kind: 'workspace.changed', workspace: mine });
    expect(runFlowOf(await flows.get(mine))).toEqual({ concurrency: { limit: 3, policy: 'queue' } });
    expect(runFlowOf(await flows.get(other))).toBeUndefined();
  });

  it('is not remembered as it was, when it changes while it is read', async () => {
    const workspace = await createWorkspace(db);
    const flows = workspaceFlowsOf(db);
    const read = flows.get(workspace);
    await limitTo(workspace, 2);
    bus.publish({ kind: 'workspace.changed', workspace });
    await read;
    expect((await flows.get(workspace)).concurrency?.limit).toBe(2);
  });

  it('keeps what an operator set, whatever the workspace changes', async () => {
    const workspace = await createWorkspace(db);
    await db.sql.query(`update workspaces set flow = flow || '{"weight": 4}' where id = $1`, [workspace]);
    await limitTo(workspace, 1);
    await db.asSystem(({ workspaces }) => workspaces.setFlow(workspace, { concurrency: null }));
    expect(await workspaceFlowsOf(db).get(workspace)).toEqual({ weight: 4 });
  });
});
