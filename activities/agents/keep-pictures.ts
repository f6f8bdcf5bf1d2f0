/**
 * Pictures that a tool gave, kept as uploads of whoever the agent acts for, so that a model can look at them and the person too. Other
 * bytes are not: a stranger's program would come past the operator's scanner.
 */
import { createHash } from 'node:crypto';
import { isPicture } from '../../contracts/files.ts';
import type { FileContent } from '../../contracts/models/chat.ts';
import type { Database } from '../../db/index.ts';
import type { McpFile } from '../../outbound/mcp/index.ts';
import { openPicture, uploadedKey } from '../../storage/index.ts';
import type { FileSettings } from '../files/files-of-step.ts';

interface Keeper {
  db: Database;
  files: FileSettings | undefined;
  workspace: string;
  /** Id of the user; left out: nobody's pictures are kept. */
  member: string | undefined;
}

/** Of one result. */
const most = 5;
/** Seconds after which one that did not get ready is swept. */
const sweepIn = 3_600;

/** @throws StorageError. What is no picture that can be opened is left out. */
export async function keepPictures(keeper: Keeper, given: readonly McpFile[]): Promise<FileContent[]> {
  const kept: FileContent[] = [];
  for (const file of given.slice(0, most)) {
    const picture = await keepPicture(keeper, file);
    if (picture) kept.push(picture);
  }
  return kept;
}

async function keepPicture(
  { db, files, workspace, member }: Keeper,
  { name, mimeType, bytes }: McpFile,
): Promise<FileContent | undefined> {
  if (!files || member === undefined || !isPicture(mimeType) || !(await opens(bytes))) return undefined;
  const at = <T>(work: Parameters<typeof db.inWorkspace<T>>[1]) => db.inWorkspace(workspace, work);
  const file = await at((repositories) =>
    repositories.files.create({
      ...{ name, type: mimeType, bytes: bytes.length, purpose: 'chat', visibility: 'private' },
      ...{ createdBy: member, sweepIn, limit: 0 },
    }),
  );
  if (!file) return undefined;
  const object = uploadedKey(file);
  await files.store.put(object, bytes, { mimeType });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const settled = await at(async (repositories) => {
    await repositories.files.claim(file.id, 60);
    return await repositories.files.settle(file.id, { type: mimeType, sha256, object }, undefined);
  });
  for (const key of settled?.unneeded ?? []) await files.store.delete(key);
  return { type: 'file', file: file.id, name, mimeType, bytes: bytes.length };
}

async function opens(bytes: Buffer): Promise<boolean> {
  try {
    await (await openPicture(bytes)).metadata();
    return true;
  } catch {
    return false;
  }
}
