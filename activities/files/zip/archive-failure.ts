import { StepFailure } from '../../../contracts/effect.ts';

export function badArchive(fileName: string, why: string): StepFailure {
  return new StepFailure({
    code: 'bad-archive',
    message: `"${fileName}" can't be unpacked: ${why}.`,
    hint: 'ZIP (stored or deflated, without a password) and GZIP are read. Have it packed anew, or sent again.',
  });
}

/** Before anything is unpacked: a small archive may claim to hold more than any disk. */
export function tooMuchInside(fileName: string, what: string): StepFailure {
  return new StepFailure({
    code: 'archive-too-large',
    message: `"${fileName}" holds ${what}, which is more than is unpacked.`,
    hint: 'Have it sent in parts. An operator can raise the limit for bytes (HIVIEX_MAX_FILE_BYTES).',
  });
}
