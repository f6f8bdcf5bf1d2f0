import type { DocumentFailure } from '../../contracts/knowledge/document.ts';
import type { DocumentFailureCode } from '../../contracts/problems/knowledge.ts';

/** What is wrong with a document itself: trying again can't help. The texts of `code` say it to people. */
export class DocumentRefusal extends Error {
  readonly failure: DocumentFailure;

  constructor(code: DocumentFailureCode, values: DocumentFailure['values'] = {}) {
    super(code);
    this.name = 'DocumentRefusal';
    this.failure = { code, values };
  }
}
