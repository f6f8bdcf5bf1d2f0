/** The seam between the workflow that takes a document in and the activity that makes vectors of its chunks. */

/** One batch: chunks of a version from a position on. The activity says where the next one begins. */
export interface EmbedChunksInput {
  workspace: string;
  base: string;
  document: string;
  version: string;
  /** Position of the first chunk, 0 at the beginning. */
  from: number;
}

export interface EmbedChunksResult {
  /** Chunks of the version that have a vector in every index of the base, those of earlier batches included. */
  done: number;
  /** Where to go on; null: all have one. */
  next: number | null;
}
