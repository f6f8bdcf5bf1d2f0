/** What whoever has a link to a conversation reads of it. */
import type { z } from 'zod';
import type { sharedConversation } from '../../contracts/api/conversations.ts';
import { textOf } from '../../contracts/chat/message.ts';
import { hashToken } from '../auth/secrets.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { branchOf } from './export-branch.ts';
import { sharedAttachments } from './shared-attachments.ts';

/** Messages that one link shows at most. */
const mostShown = 2_000;

interface SharedLink {
  id: string;
  workspace: string;
  conversation: string;
  /** The message at which the link was made. */
  leaf: string;
}

/** @throws ApiProblem `link-gone` */
export async function findShared(token: string, { db }: Pick<ApiDeps, 'db'>): Promise<SharedLink> {
  const link = await db.asSystem(({ shareLinks }) => shareLinks.find(hashToken(token)));
  if (!link) throw new ApiProblem('link-gone');
  return link;
}

export async function* sharedMessages(
  { id: share, workspace, conversation, leaf }: SharedLink,
  deps: Pick<ApiDeps, 'db'>,
): AsyncGenerator<z.output<typeof sharedConversation>['messages'][number]> {
  let shown = 0;
  const branch = branchOf({ id: conversation, leaf }, '', workspace, deps);
  for await (const { role, author, parts, createdAt, state } of branch) {
    // What is still being said is not said yet.
    if (state === 'queued' || state === 'running' || state === 'waiting') continue;
    const attachments = await sharedAttachments(deps, { workspace, share }, parts);
    yield {
      ...{ role, ...(author && { author: author.name }), text: textOf(parts), createdAt },
      ...(attachments.length > 0 && { attachments }),
    };
    if (++shown >= mostShown) return;
  }
}
