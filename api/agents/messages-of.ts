/** What a run of an agent is started with: the conversation before, and what is said now. */
import type { z } from 'zod';
import type { startAgentRun } from '../../contracts/api/agents.ts';
import type { ChatMessage, ContentPart, FileContent } from '../../contracts/models/chat.ts';
import type { StoredFile } from '../../db/index.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { attachable } from '../uploads/file-access.ts';

/**
 * Files are looked up here, for the run itself opens whatever file of the workspace its messages name.
 * @throws ApiProblem `not-found` for a file that is not the caller's to see
 */
export async function messagesOf(
  { message, messages, files }: Pick<z.output<typeof startAgentRun>, 'message' | 'messages' | 'files'>,
  principal: WorkspacePrincipal,
  deps: Pick<ApiDeps, 'db'>,
): Promise<ChatMessage[]> {
  const ids = messages.flatMap(partsOf).flatMap((part) => (part.type === 'file' ? [part.file] : []));
  const found = await attachable(deps, principal, [...new Set([...ids, ...files])]);
  const byId = new Map(found.map((file) => [file.id, contentOf(file)]));
  const checked = (part: ContentPart): ContentPart => (part.type === 'file' ? byId.get(part.file)! : part);
  const before = messages.map((each): ChatMessage => {
    if (each.role === 'user' && typeof each.content !== 'string')
      return { ...each, content: each.content.map(checked) };
    return each.role === 'tool' && each.shows ? { ...each, shows: each.shows.map(checked) } : each;
  });
  const attached = files.map((id) => byId.get(id)!);
  const content = attached.length === 0 ? message : [...attached, { type: 'text' as const, text: message }];
  return [...before, { role: 'user', content }];
}

function partsOf(message: ChatMessage): readonly ContentPart[] {
  if (message.role === 'tool') return message.shows ?? [];
  return message.role === 'user' && typeof message.content !== 'string' ? message.content : [];
}

function contentOf({ id, name, type, bytes }: StoredFile): FileContent {
  return { type: 'file', file: id, name, mimeType: type, bytes };
}
