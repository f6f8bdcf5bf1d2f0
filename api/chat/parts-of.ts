/** The parts of what a person sends: their words, and files that are ready and theirs to see. */
import type { SendMessage } from '../../contracts/api/conversations.ts';
import type { MessagePart } from '../../contracts/chat/message.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';
import { attachable } from '../uploads/file-access.ts';

/** @throws ApiProblem `message-empty`, `not-found` */
export async function partsOf(
  { text, files }: Pick<SendMessage, 'text' | 'files'>,
  principal: WorkspacePrincipal,
  deps: Pick<ApiDeps, 'db'>,
): Promise<MessagePart[]> {
  const said = text.trim() !== '';
  if (!said && files.length === 0) throw new ApiProblem('message-empty');
  const attached = await attachable(deps, principal, files);
  return [
    ...(said ? [{ type: 'text' as const, text }] : []),
    ...attached.map(
      ({ id, name, type, bytes }): MessagePart => ({ type: 'file', file: id, name, mimeType: type, bytes }),
    ),
  ];
}
