/** Links to the pictures that hang on a shared conversation: whoever opens it gets them anew, each good for a few minutes. */
import { z } from 'zod';
import type { Database } from '../../db/index.ts';
import { readParts, signParts } from './signed-link.ts';

export interface AttachmentLink {
  workspace: string;
  /** Id of the file. */
  file: string;
  /** Id of the link by which the conversation is shared: revoked, it takes its pictures along. */
  share: string;
}

const seconds = 300;
const said = z.tuple([z.string(), z.string(), z.string(), z.int()]);

export function signAttachmentLink(
  db: Database,
  { workspace, file, share }: AttachmentLink,
): Promise<string> {
  return signParts(db, 'attachment', [workspace, file, share, Math.floor(Date.now() / 1_000) + seconds]);
}

/** @returns undefined when we did not sign it, or its time is over */
export async function readAttachmentLink(db: Database, token: string): Promise<AttachmentLink | undefined> {
  const { data } = said.safeParse(await readParts(db, 'attachment', token));
  if (!data) return undefined;
  const [workspace, file, share, until] = data;
  return until * 1_000 > Date.now() ? { workspace, file, share } : undefined;
}
