/** For tests of effects: a workspace in a real database, its credentials, and the activities as a worker has them. */
import { pino } from 'pino';
import type { EffectInput, EffectResult } from '../contracts/effect.ts';
import type { JsonObject } from '../contracts/json.ts';
import { openDatabase } from '../db/index.ts';
import { createWorkspace } from '../db/testing/fixtures.ts';
import { createGuard } from '../outbound/guard/index.ts';
import type { EffectName } from './effects.ts';
import { createActivities } from './index.ts';
import { activityContext, effectInput } from './testing.ts';

export interface TestWorkspace {
  /** Adds a credential. @returns its id */
  add(type: string, secrets: JsonObject, fields?: JsonObject): Promise<string>;
  /** Runs an effect. Parameters are to be complete, as the engine hands them over: `parse` them first. */
  call(type: EffectName, parameters: JsonObject, over?: Partial<EffectInput>): Promise<EffectResult>;
  /** Lines that were logged. */
  logged: string[];
  close(): Promise<void>;
}

/** @param allow Private addresses that its automations may reach: the servers of the test. */
export async function createTestWorkspace({ allow = '127.0.0.1' } = {}): Promise<TestWorkspace> {
  const db = await openDatabase({ dataDir: 'memory://' });
  await db.migrate();
  const workspace = await createWorkspace(db);
  const guard = createGuard({ allow });
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const activities = createActivities({ db, log, guard });
  let made = 0;
  return {
    logged,
    async add(type, secrets, fields = {}) {
      made += 1;
      const saved = await db.inWorkspace(workspace, ({ credentials }) =>
        credentials.create({ name: `${type} ${made}`, type, fields, secrets }),
      );
      if (saved.kind !== 'saved') throw new Error(saved.kind);
      return saved.credential.id;
    },
    call(type, parameters, over = {}) {
      const input = effectInput(parameters, over);
      input.context.workspace = workspace;
      return activityContext().run(activities[type], input);
    },
    async close() {
      await activities[Symbol.asyncDispose]();
      await guard.close();
      await db.close();
    },
  };
}
