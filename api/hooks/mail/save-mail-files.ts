import { randomUUID } from 'node:crypto';
import type { BinaryReference } from '../../../contracts/item.ts';
import { text } from '../../../contracts/text.ts';
import type { MailFile } from '../../../runs/mail/parse-mail.ts';
import { createFiles, type ObjectStore, type RunName, StorageError } from '../../../storage/index.ts';
import { ApiProblem } from '../../problems.ts';

/** Attachments of one mail. */
const mostFiles = 100;
const attachmentsText = text(`${mostFiles} attachments`, `${mostFiles} anexos`);

export interface SavedFiles {
  /** `attachment_0`, `attachment_1`, …, in the order of the mail. */
  binary: Record<string, BinaryReference>;
  /** When the run did not start with them. */
  discard(): Promise<void>;
}

/** @throws ApiProblem `too-large`, `storage-unavailable`; nothing is kept then */
export async function saveMailFiles(
  attached: readonly MailFile[],
  { store, run, maxBytes }: { store: ObjectStore; run: RunName; maxBytes: number },
): Promise<SavedFiles> {
  if (attached.length > mostFiles) throw new ApiProblem('too-large', { limit: attachmentsText });
  // Not named by the mail: one that comes twice must not touch the files of the run that is there.
  const files = createFiles({ store, ...run, maxBytes, idOf: () => randomUUID() });
  const saved: BinaryReference[] = [];
  const discard = async () => {
    await Promise.allSettled(saved.map(({ key }) => store.delete(key)));
  };
  try {
    for (const { content, ...named } of attached) saved.push(await files.save(content, named));
  } catch (error) {
    await discard();
    if (!(error instanceof StorageError)) throw error;
    throw error.code === 'too-large'
      ? new ApiProblem('too-large', { limit: `${Math.floor(maxBytes / 1_000)} kB` })
      : new ApiProblem('storage-unavailable');
  }
  return { binary: Object.fromEntries(saved.map((file, index) => [`attachment_${index}`, file])), discard };
}
