/**
 * Files of whoever the agent acts for: which there are, and what is in one: text, or a picture or PDF for the model to look at. Nobody
 * else's, whatever id the model names.
 */
import { text as textOfStream } from 'node:stream/consumers';
import { StepFailure } from '../../contracts/effect.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { isShownToModels, isTextType } from '../../contracts/models/attachments.ts';
import type { FileContent } from '../../contracts/models/chat.ts';
import type { Database } from '../../db/index.ts';
import type { FileSettings } from '../files/files-of-step.ts';

/** Bytes of a file that is read. */
const mostBytes = 2_000_000;
const listed = 50;

interface Reader {
  workspace: string;
  /** Id of the user. Undefined: nobody's files. */
  member?: string | undefined;
}

/** @throws StepFailure */
export async function readFile(
  { db, files: settings }: { db: Database; files: FileSettings | undefined },
  { workspace, member }: Reader,
  given: JsonObject,
): Promise<{ value: JsonValue; shows?: FileContent[] }> {
  if (member === undefined || !settings)
    throw failed('no-files', 'Nobody is behind this run whose files could be read.', 'Go on without files.');
  if (given.action !== 'read') {
    const page = await db.inWorkspace(workspace, ({ files }) => files.list({ by: member, limit: listed }));
    return { value: page.items.map(({ id, name, type, bytes }) => ({ file: id, name, type, bytes })) };
  }
  const id = String(given.file ?? '');
  const file = await db.inWorkspace(workspace, ({ files }) => files.get(id));
  if (!file || file.createdBy !== member || file.state !== 'ready' || file.object === undefined)
    throw failed('no-such-file', `There is no file "${id}".`, 'Take an id from the list of files.');
  const { name, type: mimeType, bytes } = file;
  if (!isTextType(mimeType) && isShownToModels({ mimeType, bytes }))
    return {
      value: `"${name}" is shown to you now. Read it again to see it later.`,
      shows: [{ type: 'file', file: id, name, mimeType, bytes }],
    };
  if (!isTextType(mimeType))
    throw failed(
      'no-text',
      `"${file.name}" is ${file.type}, which can't be read.`,
      'Take a text file, a picture or a PDF.',
    );
  if (file.bytes > mostBytes)
    throw failed('file-too-large', `"${file.name}" has ${file.bytes} bytes; ${mostBytes} can be read.`);
  return { value: await textOfStream(await settings.store.get(file.object)) };
}

function failed(code: string, message: string, hint?: string): StepFailure {
  return new StepFailure({ code, message, ...(hint !== undefined && { hint }) });
}
