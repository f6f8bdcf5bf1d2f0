/**
 * Keys of objects. All of a workspace is under `w/<workspace>/`, all of a run under `w/<workspace>/r/<run>/`, so that what belongs
 * to somebody is found, and deleted, by its prefix:
 *
 *   w/<workspace>/r/<run>/f/<id>/<media type>/<file name>    a file; its key tells all about it but the size
 *   w/<workspace>/r/<run>/p/<hash>                           a value that was too large for the history (room payloads/)
 *   w/<workspace>/x/<workflow>/p/<hash>                      the same of a workflow that is no run
 *
 * Those of uploaded files are in `uploaded-keys.ts`.
 */
import { StorageError } from './storage-error.ts';

/** What a path of a key may consist of; all of it stands for itself in a file system and in a URL. */
const segment = /^[\w.~!*'()%=@+-]{1,255}$/;
/** S3 takes 1,024 bytes. */
const longestKey = 1_000;

/** @throws StorageError `bad-key` for what would lead out of the store, or that no driver could hold */
export function assertKey(key: string): void {
  const fine =
    key.length <= longestKey &&
    key.split('/').every((part) => segment.test(part) && part !== '.' && part !== '..');
  if (!fine) throw new StorageError('bad-key', 'This is not a key of the object store.');
}

/** @throws StorageError `bad-key` */
export function assertPrefix(prefix: string): void {
  if (!prefix.endsWith('/')) throw new StorageError('bad-key', 'A prefix ends with a slash.');
  assertKey(prefix.slice(0, -1));
}

export function workspacePrefix(workspace: string): string {
  return `w/${idIn(workspace)}/`;
}

export function runPrefix({ workspace, run }: { workspace: string; run: string }): string {
  return `${workspacePrefix(workspace)}r/${idIn(run)}/`;
}

/** What is kept for a workflow that is no run, by its id `<kind>:<workspace>:<rest>`. Undefined: its id can't stand in a key. */
export function workflowPrefix(workspace: string, workflowId: string): string | undefined {
  const [kind = '', owner, ...rest] = workflowId.split(':');
  const parts = [kind, ...rest];
  const name = parts.join('~');
  if (owner !== workspace || name.length > 255 || !parts.every((part) => /^[\w.-]+$/.test(part)))
    return undefined;
  return `${otherPrefix(workspace)}${name}/`;
}

/** Of all workflows of a workspace that are no runs. */
export function otherPrefix(workspace: string): string {
  return `${workspacePrefix(workspace)}x/`;
}

/** The workflow that an object is of. Undefined: it is none of these. */
export function workflowOfKey(workspace: string, key: string): string | undefined {
  const prefix = otherPrefix(workspace);
  const name = key.startsWith(prefix) ? key.slice(prefix.length).split('/')[0] : undefined;
  const [kind, ...rest] = name?.split('~') ?? [];
  return rest.length > 0 ? [kind, workspace, ...rest].join(':') : undefined;
}

/** Ids are ours, but they come by way of inputs and histories. @throws StorageError `bad-key` */
function idIn(id: string): string {
  if (/^[\w.-]{1,200}$/.test(id) && !/^\.+$/.test(id)) return id;
  throw new StorageError('bad-key', 'An id has letters, digits, dots and dashes only.');
}
