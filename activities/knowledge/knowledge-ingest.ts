/** The Add to knowledge node: a text becomes a document, which may be waited for until it is found. */
import { knowledgeIngestNode } from '../../contracts/catalogue/knowledge-ingest.ts';
import { type EffectInput, StepFailure } from '../../contracts/effect.ts';
import type { JsonValue } from '../../contracts/json.ts';
import {
  type DocumentMetadata,
  documentMetadata,
  knowledgeLimits,
} from '../../contracts/knowledge/document.ts';
import { ingestWorkflowIdOf } from '../../contracts/knowledge/ingest.ts';
import { describeProblem, type ProblemCode } from '../../contracts/problems.ts';
import type { StoredDocument } from '../../db/index.ts';
import { startIngestion } from '../../runs/knowledge/start-ingestion.ts';
import { documentKey } from '../../storage/index.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { jsonParameter } from '../json-parameter.ts';
import { documentIdOf } from './document-id.ts';
import { emptyField, noKnowledgeHere, noSuchBase } from './knowledge-failures.ts';

export function createKnowledgeIngestEffect({
  db,
  store,
  runs,
}: Pick<EffectSettings, 'db' | 'store' | 'runs'>): Effect {
  return {
    async run({ parameters: given, context }, { signal }) {
      if (!db || !store || !runs) throw noKnowledgeHere();
      const { workspace } = context;
      const { base, wait, ...written } = knowledgeIngestNode.parameters.parse(given);
      const text = String(written.text);
      if (text.trim() === '') throw emptyField('Text');
      if (text.length > knowledgeLimits.text) throw tooLong(text.length);
      const id = idOf(base, String(written.key).trim(), context);
      const name = String(written.name).trim().slice(0, 256) || 'Text';
      const metadata = metadataOf(written.metadata);

      const object = documentKey({ workspace, id });
      await store.put(object, Buffer.from(text), { mimeType: 'text/markdown', signal });
      const document = await db.inWorkspace(workspace, async ({ knowledge: { documents } }) => {
        const created = await documents.create({
          ...{ id, base, name, object, metadata, source: { kind: 'text' } },
        });
        return created && documents.update(id, { name, metadata });
      });
      if (!document) {
        await store.delete(object);
        throw noSuchBase();
      }
      await startIngestion({ db, temporal: runs.temporal }, workspace, document);
      if (!wait) return { items: [{ json: shown(document) }] };

      const handle = runs.temporal.workflow.getHandle(ingestWorkflowIdOf({ workspace, document: id }));
      await runs.temporal.withAbortSignal(signal, () => handle.result());
      const ended = await db.inWorkspace(workspace, ({ knowledge }) => knowledge.documents.get(id));
      if (ended?.failure) throw failed(ended.failure);
      return { items: [{ json: shown(ended ?? document) }] };
    },
  };
}

/** The same in every attempt of the step, and without a key another one in every step. */
function idOf(base: string, key: string, { idempotencyKey }: EffectInput['context']): string {
  return documentIdOf(base, key === '' ? `step ${idempotencyKey}` : `key ${key}`);
}

function metadataOf(written: JsonValue): DocumentMetadata {
  const read = documentMetadata.safeParse(jsonParameter(written, 'metadata'));
  if (read.success) return read.data;
  throw new StepFailure({
    code: 'bad-parameters',
    message: `The metadata can't be kept: ${read.error.issues[0]?.message}`,
    hint: 'Give a flat object of texts, numbers and booleans, as {"team":"sales","year":2024}.',
  });
}

function shown({ id, name, state, chunks }: StoredDocument) {
  return { document: id, name, state, passages: chunks };
}

function tooLong(length: number): StepFailure {
  return new StepFailure({
    code: 'document-too-long',
    message: `The text has ${length} characters; ${knowledgeLimits.text} can be added at once.`,
    hint: 'Split it, or upload it as a file.',
  });
}

function failed({ code, values }: NonNullable<StoredDocument['failure']>): StepFailure {
  const { title, detail } = describeProblem(code as ProblemCode, values);
  return new StepFailure({ code, message: title, hint: detail });
}
