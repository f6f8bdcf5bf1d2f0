export type PayloadErrorCode =
  /** No key is given, and none may be made here. */
  | 'no-key'
  /** Sealed by a key that is not given any more. */
  | 'unknown-key'
  /** Changed, cut, or moved from another workspace. */
  | 'not-authentic';

/** A payload that cannot be sealed or opened. A workflow task that meets one is tried again: with the key in place the run goes on. */
export class PayloadError extends Error {
  readonly code: PayloadErrorCode;

  constructor(code: PayloadErrorCode, message: string) {
    super(message);
    this.name = 'PayloadError';
    this.code = code;
  }
}
