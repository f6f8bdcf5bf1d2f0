import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { EffectResult } from '../../contracts/effect.ts';
import { createFolderStore, type ObjectStore } from '../../storage/index.ts';
import type { Effect } from '../effect.ts';
import { effectActivity } from '../effect-activity.ts';
import { activityContext, effectInput, failureOf } from '../testing.ts';
import { binaryOf } from './binary-of.ts';

let folder: string;
let store: ObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hiviex-step-files-'));
  store = createFolderStore({ folder, linkBase: '' });
});
afterAll(() => rm(folder, { recursive: true }));

const run = (effect: Effect['run'], { withStore = true } = {}): Promise<EffectResult> =>
  activityContext().run(
    effectActivity(
      'test',
      { run: effect },
      {
        log: pino({ level: 'silent' }),
        maxResultBytes: 1_000,
        files: withStore ? { store, maxBytes: 100 } : undefined,
      },
    ),
    effectInput({}),
  );
const save: Effect['run'] = async (_input, { files }) => ({
  items: [
    {
      json: {},
      binary: { data: await files.save(Buffer.from('hi'), { fileName: 'a.txt', mimeType: 'text/plain' }) },
    },
  ],
});

describe('files of a step', () => {
  it('travel as references in its items', async () => {
    const { items } = await run(save);
    const reference = binaryOf(items[0], 'data');
    expect(reference).toMatchObject({ fileName: 'a.txt', mimeType: 'text/plain', bytes: 2 });
    expect(reference.key).toMatch(/^w\/ws\/r\/run-1\/f\//);
    const opened = await run(async (_input, { files }) => ({
      items: [{ json: { text: await text(await files.open(reference)) } }],
    }));
    expect(opened.items[0]!.json).toEqual({ text: 'hi' });
  });

  const opening =
    (key: string): Effect['run'] =>
    async (_input, { files }) => {
      await files.open({ key });
      return { items: [] };
    };
  const savingTooMuch: Effect['run'] = async (_input, { files }) => {
    await files.save(Buffer.alloc(101), { fileName: 'x', mimeType: 'a/b' });
    return { items: [] };
  };
  const takingNone: Effect['run'] = async ({ items }) => ({
    items: [{ json: {}, binary: { data: binaryOf(items[0], 'data') } }],
  });

  it.each<[string, Effect['run']]>([
    ['file-not-found', opening('w/ws/r/x/f/1/a/b')],
    ['file-not-found', opening('w/no/r/x/f/1/a/b')],
    ['file-too-large', savingTooMuch],
    ['no-file', takingNone],
  ])('fail as %s, with what to do next, and are not tried again', async (code, effect) => {
    const { failure, error } = await failureOf(run(effect));
    expect(failure).toMatchObject({ code, hint: expect.stringMatching(/\.$/) });
    expect(error.nonRetryable).toBe(true);
  });

  it('are tried again when the store is out of reach', async () => {
    const { failure, error } = await failureOf(run(save, { withStore: false }));
    expect(failure.code).toBe('storage-unavailable');
    expect(error.nonRetryable).toBe(false);
  });
});
