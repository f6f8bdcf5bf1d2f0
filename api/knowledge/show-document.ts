import type { KnowledgeDocumentShown } from '../../contracts/api/knowledge.ts';
import { describeProblem, type ProblemCode } from '../../contracts/problems.ts';
import type { Language } from '../../contracts/text.ts';
import type { StoredDocument } from '../../db/index.ts';

/** The document as the API shows it. */
export function showDocument(document: StoredDocument, language: Language): KnowledgeDocumentShown {
  const { object: _object, failure, contentHash: _hash, version: _version, ...shown } = document;
  return { ...shown, ...(failure && { problem: problemOf(failure, language) }) };
}

function problemOf(failure: NonNullable<StoredDocument['failure']>, language: Language) {
  const { code, title, detail } = describeProblem(failure.code as ProblemCode, failure.values, language);
  return { code, title, detail };
}
