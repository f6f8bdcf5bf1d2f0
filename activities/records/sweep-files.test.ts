import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { NewFile, StoredFile } from '../../db/index.ts';
import { silent } from '../../db/log.ts';
import { describeDatabases } from '../../db/testing/describe-databases.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import {
  arrivingKey,
  createFolderStore,
  type FolderStore,
  thumbnailKey,
  uploadedKey,
} from '../../storage/index.ts';
import { sweepFiles } from './sweep-files.ts';

describeDatabases('What is left of uploads', (database) => {
  const folder = mkdtempSync(join(tmpdir(), 'hiviex-sweep-'));
  let store: FolderStore;
  let workspace: string;
  beforeAll(async () => {
    store = createFolderStore({ folder, linkBase: 'http://localhost/' });
    workspace = await createWorkspace(database());
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const files = <T>(work: Parameters<ReturnType<typeof database>['inWorkspace']>[1]) =>
    database().inWorkspace(workspace, work) as Promise<T>;
  const begin = async (changes: Partial<NewFile> = {}): Promise<StoredFile> => {
    const file = await database().inWorkspace(workspace, (at) =>
      at.files.create({
        ...{ name: 'a.png', type: 'image/png', bytes: 1, purpose: 'chat', visibility: 'private' },
        ...{ createdBy: 'ann', sweepIn: -1, limit: 0, ...changes },
      }),
    );
    if (!file) throw new Error('it does not fit');
    return file;
  };
  const ready = async (changes: Partial<NewFile> = {}): Promise<StoredFile> => {
    const file = await begin(changes);
    for (const key of [uploadedKey(file), thumbnailKey(file), arrivingKey(file)])
      await store.put(key, Buffer.from('x'));
    const found = {
      type: 'image/png',
      sha256: file.id,
      object: uploadedKey(file),
      thumbnail: thumbnailKey(file),
    };
    await files(async (at) => {
      await at.files.claim(file.id, 0);
      return at.files.settle(file.id, found, -1);
    });
    return file;
  };
  const sweep = () => sweepFiles({ db: database(), store, log: silent });
  const row = (file: StoredFile) => database().inWorkspace(workspace, (at) => at.files.get(file.id));
  const objects = async () => {
    const keys: string[] = [];
    for await (const { key } of store.list(`w/${workspace}/`)) keys.push(key);
    return keys.sort();
  };

  it('goes: never completed, refused, and in parts', async () => {
    const whole = await begin();
    await store.put(arrivingKey(whole), Buffer.from('x'));
    const parts = await begin();
    const upload = await store.uploads.begin(uploadedKey(parts), { mimeType: 'image/png' });
    await store.uploads.putPart({ key: uploadedKey(parts), upload }, 1, Readable.from(['x']));
    const refused = await begin();
    await files(async (at) => {
      await at.files.claim(refused.id, 0);
      await at.files.refuse(refused.id, { code: 'picture-unreadable', values: {} }, -1);
    });
    const young = await begin({ sweepIn: 60 });
    const checked = await begin();
    await files((at) => at.files.claim(checked.id, 60));
    expect((await sweep()).removed).toBe(3);
    expect([await row(whole), await row(parts), await row(refused)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([(await row(young))?.state, (await row(checked))?.state]).toEqual(['uploading', 'checking']);
    await expect(store.uploads.parts({ key: uploadedKey(parts), upload })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await objects()).toEqual([]);
  });

  it('is what nobody refers to, and what came too late', async () => {
    const [loose, attached, shown] = [await ready(), await ready(), await ready({ purpose: 'avatar' })];
    const own = await ready({ purpose: 'file' });
    const { sql } = database();
    await sql.query(
      `insert into agents (id, workspace, name, description, avatar, draft, draft_hash, draft_revision, created_at, updated_at)
       values ($1, $2, 'Ada', '', $1, '{}', '', 1, now(), now())`,
      [shown.id, workspace],
    );
    await sql.query(
      `insert into conversations (id, workspace, owner, visibility, answerer_kind, answerer, title, titled_by, created_at, updated_at)
       values ($1, $2, 'ann', 'private', 'agent', 'a', '', 'nobody', now(), now())`,
      [attached.id, workspace],
    );
    const parts = [
      { type: 'text', text: 'Look:' },
      { type: 'file', file: attached.id },
    ];
    await sql.query(
      `insert into messages (id, workspace, conversation, role, state, parts, seq, fences, text, created_at)
       values ($1, $2, $1, 'user', 'succeeded', $3::text::jsonb, 0, '{}', '', now())`,
      [attached.id, workspace, JSON.stringify(parts)],
    );
    expect((await sweep()).removed).toBe(1);
    expect(await row(loose)).toBeUndefined();
    const left = [attached, shown, own].flatMap((file) => [thumbnailKey(file), uploadedKey(file)]);
    expect(await objects()).toEqual(left.sort());
    expect(await sweep()).toEqual({ removed: 0, aborted: 0 });
  });
});
