/**
 * The key of a file tells its id, media type and name, so that the files of a run are known from a list of keys, and a copy in
 * another store lacks nothing.
 */
import type { BinaryReference } from '../contracts/item.ts';
import { runPrefix } from './object-keys.ts';
import type { ObjectInfo } from './object-store.ts';
import { StorageError } from './storage-error.ts';

export interface RunName {
  workspace: string;
  run: string;
}

/** Names in keys are cut here (in bytes, encoded): a file system takes 255. The reference keeps the whole name. */
const longestName = 180;
const longestType = 120;

/** Of an uploaded file (`uploaded-keys.ts`): items may carry those too. */
const uploadedFileKey = /^w\/[\w.-]+\/f\/[\w-]+$/;
const fileKey = /^(w\/[\w.-]+\/r\/[\w.-]+\/)f\/([\w-]+)\/([^/]+)\/([^/]+)$/;

export function filesPrefix(run: RunName): string {
  return `${runPrefix(run)}f/`;
}

export function fileKeyOf(run: RunName, id: string, file: { fileName: string; mimeType: string }): string {
  return `${filesPrefix(run)}${id}/${encoded(file.mimeType, longestType)}/${encoded(file.fileName, longestName)}`;
}

/** @returns the file that an object of the store is, by its key; undefined when it is none */
export function fileOfObject({ key, bytes }: ObjectInfo): (BinaryReference & { id: string }) | undefined {
  const [, , id, mimeType, fileName] = fileKey.exec(key) ?? [];
  if (id === undefined || mimeType === undefined || fileName === undefined) return undefined;
  return { id, key, bytes, fileName: decodeURIComponent(fileName), mimeType: decodeURIComponent(mimeType) };
}

/**
 * A reference travels in items, and those are written by people and programs: it opens files of its own workspace only.
 * @throws StorageError `bad-key`
 */
export function assertFileOf(workspace: string, key: string): void {
  if ((fileKey.test(key) || uploadedFileKey.test(key)) && key.startsWith(`w/${workspace}/`)) return;
  throw new StorageError('bad-key', 'This file does not belong to the workspace.');
}

/** As `encodeURIComponent`, cut between characters; never empty, `.` or `..`. */
function encoded(text: string, longest: number): string {
  let result = '';
  for (const character of text.toWellFormed()) {
    const next = encodeURIComponent(character);
    if (result.length + next.length > longest) break;
    result += next;
  }
  return /^\.*$/.test(result) ? `_${result}` : result;
}
