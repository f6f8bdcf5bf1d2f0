/**
 * Objects as files in a folder. A key is a path below it. What is being written is in `.part/` and moved into place whole, so nobody
 * ever meets half an object; it is on the disk before it is in place, because a history that names it may be as well.
 */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { keyFromFile } from '../key-file.ts';
import { assertKey, assertPrefix } from '../object-keys.ts';
import type { LinkOptions, ObjectInfo, ObjectStore } from '../object-store.ts';
import { notFound, unavailable } from '../storage-error.ts';
import { createUploadLinks, type UploadLink } from '../upload-link.ts';
import { createFolderUploads } from './folder-uploads.ts';
import { listFolder } from './list-folder.ts';
import { type Link, openLink, signLink } from './signed-link.ts';

export interface FolderStoreOptions {
  folder: string;
  /** Address under which the API serves links, as in `https://hiviex.example/api/v1/objects?link=`. */
  linkBase: string;
}

export interface FolderStore extends ObjectStore {
  /** What a link's token opens; undefined when it opens nothing, or nothing any more. */
  openLink(token: string): Link | undefined;
  /** What a token lets its holder write; undefined for none. */
  openUpload(token: string): UploadLink | undefined;
}

/** Milliseconds-long races with `delete`, which takes empty folders away, are won after so many tries. */
const mostTries = 5;

export function createFolderStore({ folder, linkBase }: FolderStoreOptions): FolderStore {
  const parts = join(folder, '.part');
  let secret: Buffer | undefined;
  const linkSecret = () => {
    secret ??= keyFromFile(join(folder, '.links.key'));
    return secret;
  };

  const pathOf = (key: string): string => {
    assertKey(key);
    return join(folder, key);
  };

  /** @param write fills the file at the path it is given */
  const place = async (key: string, write: (part: string) => Promise<unknown>): Promise<void> => {
    const target = pathOf(key);
    const part = join(parts, randomUUID());
    await mkdir(parts, { recursive: true }).catch(fail);
    try {
      await write(part);
      await moveInto(part, target).catch(fail);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  };

  const links = createUploadLinks(linkSecret);
  return {
    uploads: createFolderUploads({ folder, links, place }),
    openUpload: links.open,

    async put(key, body, { signal } = {}) {
      let bytes = 0;
      await place(key, async (part) => {
        const file = createWriteStream(part, { flags: 'wx', flush: true, mode: 0o600 });
        await pipeline(body instanceof Readable ? body : Readable.from([body]), file, {
          ...(signal && { signal }),
        }).catch((error: unknown) => {
          throw isOfTheDisk(error) ? unavailable(error) : error;
        });
        bytes = file.bytesWritten;
      });
      return { bytes };
    },

    async get(key, { range, signal } = {}) {
      const file = await open(pathOf(key)).catch(failed);
      return file.createReadStream({
        ...(range && { start: range.start }),
        ...(range?.end !== undefined && { end: range.end }),
        ...(signal && { signal }),
      });
    },

    async head(key) {
      const path = pathOf(key);
      try {
        const { size, mtimeMs } = await stat(path);
        return { key, bytes: size, putAt: mtimeMs };
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw unavailable(error);
      }
    },

    async delete(key) {
      const path = pathOf(key);
      await rm(path, { force: true }).catch((error: unknown) => {
        if (!isMissing(error)) fail(error);
      });
      await removeEmpty(dirname(path), folder);
    },

    async *list(prefix): AsyncGenerator<ObjectInfo> {
      assertPrefix(prefix);
      yield* listFolder(folder, prefix);
    },

    async copy(from, to) {
      const source = pathOf(from);
      await place(to, async (part) => {
        await copyFile(source, part).catch(failed);
      });
    },

    async signedUrl(key, { expiresIn, fileName, mimeType }: LinkOptions) {
      assertKey(key);
      const expires = Math.floor(Date.now() / 1_000) + expiresIn;
      return linkBase + signLink(linkSecret(), { key, fileName, mimeType, expires });
    },

    openLink: (token) => openLink(linkSecret(), token),

    async close() {},
  };
}

async function moveInto(part: string, target: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    await mkdir(dirname(target), { recursive: true });
    try {
      return await rename(part, target);
    } catch (error) {
      if (!isMissing(error) || tries === mostTries) throw error;
    }
  }
}

/** Folders that nothing is in any more, upwards; the first that has something ends it. */
async function removeEmpty(path: string, root: string): Promise<void> {
  for (let at = path; at !== root && at.startsWith(root); at = dirname(at)) {
    try {
      await rmdir(at);
    } catch {
      return;
    }
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function isOfTheDisk(error: unknown): boolean {
  return (
    (error as NodeJS.ErrnoException).syscall !== undefined && (error as { path?: string }).path !== undefined
  );
}

function fail(error: unknown): never {
  throw unavailable(error);
}

function failed(error: unknown): never {
  throw isMissing(error) ? notFound() : unavailable(error);
}
