/** The workflow that makes the vectors of a base anew, by the model that the base names now. */
export const reindexWorkflow = 'reindexKnowledge';

export interface ReindexInput {
  workspace: string;
  base: string;
}

/** One per base: a model that is chosen while it runs is what it goes on with. */
export function reindexWorkflowIdOf({ workspace, base }: ReindexInput): string {
  return `reindex:${workspace}:${base}`;
}

/** The base names another model, perhaps: it looks anew. */
export const reindexSignal = 'look-again';
