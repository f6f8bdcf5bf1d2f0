/** The parts of what a person sends: their words, and files of the workspace that are ready. */
import type { SendMessage } from '../../contracts/api/conversations.ts';
import type { MessagePart } from '../../contracts/chat/message.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';

/** @throws ApiProblem `message-empty`, `not-found`, `file-not-ready` */
export async function partsOf(
  { text, files }: Pick<SendMessage, 'text' | 'files'>,
  workspace: string,
  { db }: Pick<ApiDeps, 'db'>,
): Promise<MessagePart[]> {
  if (text.trim() === '' && files.length === 0) throw new ApiProblem('message-empty');
  const attached = await db.inWorkspace(workspace, ({ files: stored }) =>
    Promise.all(files.map((id) => stored.get(id))),
  );
  return [
    ...(text.trim() === '' ? [] : [{ type: 'text' as const, text }]),
    ...attached.map((file): MessagePart => {
      if (!file) throw notFound('file');
      if (file.state !== 'ready') throw new ApiProblem('file-not-ready');
      return { type: 'file', file: file.id, name: file.name, mimeType: file.type, bytes: file.bytes };
    }),
  ];
}
