/** What whoever has a link to a conversation reads of it. */
import type { z } from 'zod';
import type { Message, sharedConversation } from '../../contracts/api/conversations.ts';
import { hasEnded, textOf } from '../../contracts/chat/message.ts';
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

/** Those that have been said: the first ones of the branch, up to the most that are shown. */
export async function* shownMessages(
  { workspace, conversation, leaf }: SharedLink,
  deps: Pick<ApiDeps, 'db'>,
): AsyncGenerator<Message> {
  let shown = 0;
  for await (const message of branchOf({ id: conversation, leaf }, '', workspace, deps)) {
    // What is still being said is not said yet.
    if (!hasEnded(message.state)) continue;
    yield message;
    if (++shown >= mostShown) return;
  }
}

/** The same as they are read. */
export async function* sharedMessages(
  link: SharedLink,
  deps: Pick<ApiDeps, 'db'>,
): AsyncGenerator<z.output<typeof sharedConversation>['messages'][number]> {
  const { id: share, workspace } = link;
  for await (const { role, author, parts, createdAt } of shownMessages(link, deps)) {
    const attachments = await sharedAttachments(deps, { workspace, share }, parts);
    yield {
      ...{ role, ...(author && { author: author.name }), text: textOf(parts), createdAt },
      ...(attachments.length > 0 && { attachments }),
    };
  }
}
