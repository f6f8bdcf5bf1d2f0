import { StepFailure } from '../../contracts/effect.ts';
import type { Failure } from '../../contracts/run.ts';
import type { StorageError, StorageErrorCode } from '../../storage/index.ts';

const failures: Record<StorageErrorCode, Failure & { retryable: boolean }> = {
  'not-found': {
    code: 'file-not-found',
    message: 'The file that this step needs is not there any more.',
    hint: 'Files are deleted with the run that made them. Run the step that makes it again.',
    retryable: false,
  },
  'bad-key': {
    code: 'file-not-found',
    message: 'The file that this step names is none of this workspace.',
    hint: 'Use the file as an earlier step handed it on, and leave its key as it is.',
    retryable: false,
  },
  'too-large': {
    code: 'file-too-large',
    message: 'The file is larger than files may be here.',
    hint: 'Ask for a smaller one. An operator can raise the limit (HIVIEX_MAX_FILE_BYTES).',
    retryable: false,
  },
  unavailable: {
    code: 'storage-unavailable',
    message: 'The place where files are kept does not answer.',
    hint: "It is tried again. If it stays, an operator finds the cause in the worker's log under this run's id.",
    retryable: true,
  },
};

/** What a builder is told when a file could not be read or kept. */
export function fileFailure({ code }: StorageError): StepFailure {
  const { retryable, ...failure } = failures[code];
  return new StepFailure(failure, { retryable });
}
