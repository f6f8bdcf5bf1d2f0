/** Failures that every node of knowledge bases may meet. */
import { StepFailure } from '../../contracts/effect.ts';

export function noSuchBase(): StepFailure {
  return new StepFailure({
    code: 'no-knowledge-base',
    message: 'The knowledge base of this node is not in the workspace any more.',
    hint: 'Open the node and choose another one.',
  });
}

export function noKnowledgeHere(): StepFailure {
  return new StepFailure({
    code: 'no-database',
    message: 'This worker has no database, and so no knowledge.',
    hint: 'An operator connects it (DATABASE_URL).',
  });
}

/** @param what is empty, as the form calls it */
export function emptyField(what: string): StepFailure {
  return new StepFailure({
    code: 'bad-parameters',
    message: `"${what}" came out empty.`,
    hint: 'Look at the preview of the field. A filter before this node leaves such items out.',
  });
}
