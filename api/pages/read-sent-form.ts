/**
 * What a browser sends of a form: its fields, and the files of those fields that take one. They stream to the run that the form begins
 * or takes up, and are its files from then on.
 */
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type CheckedAnswers, checkAnswers, type FormField } from '../../contracts/form-fields.ts';
import type { BinaryReference } from '../../contracts/item.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { text } from '../../contracts/text.ts';
import type { ObjectStore, RunName } from '../../storage/index.ts';
import { parseBody, readBody } from '../body.ts';
import type { ApiDeps } from '../deps.ts';
import { deliveredFiles } from '../hooks/delivered-files.ts';
import { isMultipart, readFileDelivery } from '../hooks/file-delivery.ts';
import { agreedType, foundType, headBytes } from '../uploads/type-agrees.ts';
import { fieldPrefix, sentValues } from './field-inputs.ts';

/** Bytes of what is filled in, without files. */
export const mostFormBytes = 300_000;

export interface SentForm {
  /** All of its fields, ours too. */
  body: JsonValue;
  /** By the fields' own names. */
  given: Record<string, JsonValue>;
  /** By the fields' own names; undefined: none. */
  binary: Record<string, BinaryReference> | undefined;
  answers: CheckedAnswers;
  /** Takes its files away again: when nothing comes of them. */
  discard(): Promise<void>;
}

export function takesFiles(fields: readonly FormField[]): boolean {
  return fields.some(({ type }) => type === 'file');
}

/**
 * @param run whose files they become @throws ApiProblem `too-large`, `unsupported-body`, `invalid-request`, `storage-unavailable`: nothing
 * is kept then
 */
export async function readSentForm(
  request: IncomingMessage,
  { config, objects: { store } }: Pick<ApiDeps, 'config' | 'objects'>,
  run: RunName,
  fields: readonly FormField[],
): Promise<SentForm> {
  if (!takesFiles(fields) || !isMultipart(request)) {
    const body = parseBody(request.headers['content-type'], await readBody(request, mostFormBytes));
    const given = sentValues(body);
    return {
      body,
      given,
      binary: undefined,
      answers: checkAnswers(fields, given),
      discard: async () => undefined,
    };
  }
  const { files, discard } = deliveredFiles(store, run, config.HIVIEX_MAX_FILE_BYTES);
  try {
    // One file each: what else comes was not asked for.
    const open = new Set(fields.flatMap(({ type, name }) => (type === 'file' ? [fieldPrefix + name] : [])));
    const wants = (name: string) => open.delete(name);
    const sent = await readFileDelivery(request, files, mostFormBytes, wants);
    const named = Object.entries(sent.binary).map(
      ([name, file]) => [name.slice(fieldPrefix.length), file] as const,
    );
    const binary = Object.fromEntries(named);
    const given = sentValues(sent.body);
    const answers = await checkTypes(store, fields, binary, checkAnswers(fields, given, binary));
    return { body: sent.body, given, binary: named.length > 0 ? binary : undefined, answers, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** Where only some types are taken, a name alone makes none of them: the first bytes have to agree. */
async function checkTypes(
  store: ObjectStore,
  fields: readonly FormField[],
  binary: Readonly<Record<string, BinaryReference>>,
  answers: CheckedAnswers,
): Promise<CheckedAnswers> {
  if (!answers.ok) return answers;
  const problems = [];
  for (const { name, accept } of fields) {
    const file = accept === undefined ? undefined : binary[name];
    if (!file || file.bytes === 0) continue;
    const head = await buffer(await store.get(file.key, { range: { start: 0, end: headBytes - 1 } }));
    const declared = file.mimeType.split(';', 1)[0]!;
    if (agreedType(declared, await foundType(head)) === undefined)
      problems.push({ name, message: otherType });
  }
  return problems.length > 0 ? { ok: false, problems } : answers;
}

const otherType = text('This file is not what its name says.', 'Este arquivo não é o que o nome diz.');
