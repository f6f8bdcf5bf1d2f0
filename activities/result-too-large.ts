import { StepFailure } from '../contracts/effect.ts';

/** The failure of a step whose output is larger than a step may hand on. Sizes in bytes of JSON. */
export function resultTooLarge(nodeName: string, bytes: number, maxBytes: number): StepFailure {
  return new StepFailure({
    code: 'result-too-large',
    message: `"${nodeName}" gave ${megabytes(bytes)} of items, more than the ${megabytes(maxBytes)} a step may hand on.`,
    hint: 'Ask for less at a time (fewer fields, a page of the list), or keep only the fields that later nodes need.',
    details: { bytes, maxBytes },
  });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(bytes < 100_000 ? 3 : 1)} MB`;
}
