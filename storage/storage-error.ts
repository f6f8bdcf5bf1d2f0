/** What can go wrong with stored objects. */
export type StorageErrorCode =
  /** There is no such object: it was never there, or went with its run. */
  | 'not-found'
  /** A key that no object can have, or one of somebody else. */
  | 'bad-key'
  /** More bytes than the caller allows. */
  | 'too-large'
  /** The store does not answer, is full, or refuses us: trying again may help. */
  | 'unavailable';

/** The message never holds a key in full: file names are people's. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
    this.code = code;
  }
}

export function notFound(): StorageError {
  return new StorageError('not-found', 'There is no such object in the store.');
}

export function unavailable(cause: unknown): StorageError {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new StorageError('unavailable', `The object store cannot be used: ${reason}`, { cause });
}
