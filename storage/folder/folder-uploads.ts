/**
 * Uploads in parts, in a folder: the parts of one are files `1`, `2`, … in `.parts/<hash of its key>/`, and become one file at the end.
 * A key has one upload at a time, so that what was begun is found without remembering its name.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { assertKey } from '../object-keys.ts';
import type { ObjectUploads, StoredPart } from '../object-uploads.ts';
import { notFound, unavailable } from '../storage-error.ts';
import type { UploadLinks } from '../upload-link.ts';

export interface FolderUploadsOptions {
  folder: string;
  links: UploadLinks;
  /** Puts a file in the place of a key, whole or not at all. @param write fills the file at the path it is given */
  place(key: string, write: (path: string) => Promise<unknown>): Promise<void>;
}

export function createFolderUploads({ folder, links, place }: FolderUploadsOptions): ObjectUploads {
  const parts = join(folder, '.parts');
  const placeOf = (upload: string) => {
    if (!/^[0-9a-f]{32}$/.test(upload)) throw notFound();
    return join(parts, upload);
  };
  const listParts = async (upload: string): Promise<StoredPart[]> => {
    const path = placeOf(upload);
    const names = await readdir(path).catch(gone);
    const whole = names.filter((name) => /^\d+$/.test(name)).map(Number);
    return Promise.all(
      whole
        .sort((one, other) => one - other)
        .map(async (part) => ({ part, bytes: (await stat(join(path, `${part}`)).catch(gone)).size })),
    );
  };

  return {
    async sign(key, rules) {
      assertKey(key);
      return links.sign(key, rules);
    },

    async begin(key) {
      assertKey(key);
      const upload = nameOf(key);
      await mkdir(placeOf(upload), { recursive: true }).catch(unusable);
      return upload;
    },

    async signPart(upload, rules) {
      assertKey(upload.key);
      return links.signPart(upload, rules);
    },

    async putPart({ upload }, part, body) {
      const path = join(placeOf(upload), `${part}`);
      // Nobody meets half a part: it is named when it is there.
      const writing = `${path}.${randomUUID()}`;
      try {
        await write(body, writing);
        await rename(writing, path).catch(gone);
      } catch (error) {
        await rm(writing, { force: true });
        throw error;
      }
    },

    parts: ({ upload }) => listParts(upload),

    async finish({ key, upload }) {
      const path = placeOf(upload);
      const arrived = await listParts(upload);
      async function* bytes() {
        for (const { part } of arrived) yield* createReadStream(join(path, `${part}`));
      }
      await place(key, (whole) =>
        pipeline(bytes, createWriteStream(whole, { flags: 'wx', flush: true, mode: 0o600 })).catch(gone),
      );
      await rm(path, { recursive: true, force: true }).catch(unusable);
    },

    async abort(key) {
      await rm(placeOf(nameOf(key)), { recursive: true, force: true }).catch(unusable);
    },

    async abortOld(before) {
      let removed = 0;
      for (const place of [parts, join(folder, '.part')])
        for (const name of await readdir(place).catch(() => [])) {
          const found = await stat(join(place, name)).catch(() => undefined);
          if (!found || found.mtime >= before) continue;
          await rm(join(place, name), { recursive: true, force: true }).catch(unusable);
          removed += 1;
        }
      return removed;
    },
  };
}

function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

async function write(body: Readable, path: string): Promise<void> {
  let broken: unknown;
  body.once('error', (error) => {
    broken = error;
  });
  await pipeline(body, createWriteStream(path, { flags: 'wx', flush: true, mode: 0o600 })).catch(
    (error: unknown) => {
      if (broken !== undefined) throw broken;
      gone(error);
    },
  );
}

/** The upload was aborted or finished meanwhile; anything else is a fault of the disk. */
function gone(error: unknown): never {
  throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? notFound() : unavailable(error);
}

function unusable(error: unknown): never {
  throw unavailable(error);
}
