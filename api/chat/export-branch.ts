/** A branch as a file, message by message: the whole of it is never in memory. */
import type { Message } from '../../contracts/api/conversations.ts';
import { textOf } from '../../contracts/chat/message.ts';
import type { StoredConversation } from '../../db/index.ts';
import type { ApiDeps } from '../deps.ts';
import { inertMarkdown } from './inert-markdown.ts';

const pageSize = 100;

/** From the first message to `leaf`. */
export async function* branchOf(
  { id, leaf }: { id: string; leaf?: string | undefined },
  reader: string,
  workspace: string,
  { db }: Pick<ApiDeps, 'db'>,
): AsyncGenerator<Message> {
  if (leaf === undefined) return;
  const page = (before: string | undefined) =>
    db.inWorkspace(workspace, ({ chat }) =>
      chat.messages.branch(id, leaf, { limit: pageSize, before, reader }),
    );
  // A branch is known from its end: its pages are walked back to the first, which is given, and then those after it, read again.
  const later: (string | undefined)[] = [];
  let before: string | undefined;
  let first = await page(before);
  while (first?.before !== undefined) {
    later.push(before);
    before = first.before;
    first = await page(before);
  }
  yield* first?.items ?? [];
  for (const end of later.toReversed()) yield* (await page(end))?.items ?? [];
}

export async function* exportBranch(
  conversation: StoredConversation,
  format: 'markdown' | 'json',
  reader: string,
  workspace: string,
  deps: Pick<ApiDeps, 'db'>,
): AsyncGenerator<string> {
  const { title, with: answerer } = conversation;
  const messages = branchOf(conversation, reader, workspace, deps);
  if (format === 'markdown') {
    yield `# ${title || answerer.name}\n`;
    for await (const { author, role, createdAt, parts } of messages)
      yield `\n## ${role === 'user' ? (author?.name ?? '') : answerer.name} · ${createdAt}\n\n${inertMarkdown(textOf(parts))}\n`;
    return;
  }
  yield `{"title":${JSON.stringify(title)},"with":${JSON.stringify(answerer)},"messages":[`;
  let first = true;
  for await (const { id, role, author, state, parts, createdAt } of messages) {
    yield `${first ? '' : ','}\n${JSON.stringify({ id, role, author, state, parts, createdAt })}`;
    first = false;
  }
  yield '\n]}\n';
}
