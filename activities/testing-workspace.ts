/** For tests of effects: a workspace in a real database, its credentials, and the activities as a worker has them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pino } from 'pino';
import type { EffectInput, EffectResult } from '../contracts/effect.ts';
import type { BinaryReference } from '../contracts/item.ts';
import type { JsonObject } from '../contracts/json.ts';
import { defaultProviderSettings } from '../contracts/models/provider.ts';
import { type Database, openDatabase } from '../db/index.ts';
import { createWorkspace } from '../db/testing/fixtures.ts';
import { createGuard } from '../outbound/guard/index.ts';
import { createFiles, createFolderStore } from '../storage/index.ts';
import type { EffectName } from './effects.ts';
import { createActivities } from './index.ts';
import { activityContext, effectInput } from './testing.ts';

export interface TestWorkspace {
  /** Its id. */
  id: string;
  db: Database;
  /** Adds a credential. @returns its id */
  add(type: string, secrets: JsonObject, fields?: JsonObject): Promise<string>;
  /** Sets a provider of models up that speaks OpenAI's protocol. @returns its id */
  addModelProvider(credential: string): Promise<string>;
  /** Runs an effect. Parameters are to be complete, as the engine hands them over: `parse` them first. */
  call(type: EffectName, parameters: JsonObject, over?: Partial<EffectInput>): Promise<EffectResult>;
  /** Keeps a file for an item to carry. */
  file(body: Uint8Array | string, options: { fileName: string; mimeType: string }): Promise<BinaryReference>;
  /** The bytes of a file that a step made. */
  read(reference: BinaryReference): Promise<Buffer>;
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
  const folder = await mkdtemp(join(tmpdir(), 'hiviex-effects-'));
  const store = createFolderStore({ folder, linkBase: '' });
  const settings = { store, maxBytes: 20_000_000 };
  const activities = createActivities({ db, log, guard, files: settings });
  let kept = 0;
  const files = createFiles({ ...settings, workspace, run: 'run-1', idOf: () => `kept-${kept++}` });
  let made = 0;
  return {
    ...{ id: workspace, db, logged },
    async add(type, secrets, fields = {}) {
      made += 1;
      const saved = await db.inWorkspace(workspace, ({ credentials }) =>
        credentials.create({ name: `${type} ${made}`, type, fields, secrets }),
      );
      if (saved.kind !== 'saved') throw new Error(saved.kind);
      return saved.credential.id;
    },
    async addModelProvider(credential) {
      made += 1;
      const provider = await db.inWorkspace(workspace, ({ models }) =>
        models.providers.create({
          ...{ name: `provider ${made}`, kind: 'openai', credential },
          settings: defaultProviderSettings,
        }),
      );
      return provider!.id;
    },
    file: (body, options) => files.save(typeof body === 'string' ? Buffer.from(body) : body, options),
    read: async (reference) => buffer(await files.open(reference)),
    call(type, parameters, over = {}) {
      const input = effectInput(parameters, over);
      input.context.workspace = workspace;
      return activityContext().run(activities[type], input);
    },
    async close() {
      await activities[Symbol.asyncDispose]();
      await guard.close();
      await db.close();
      await rm(folder, { recursive: true });
    },
  };
}
