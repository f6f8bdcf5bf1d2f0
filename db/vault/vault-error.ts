/** Why a secret could not be sealed or opened. The message is for operators: it names keys by fingerprint and holds no secret. */
export type VaultErrorCode =
  /** There is no master key, and here none is made by itself. */
  | 'no-master-key'
  /** A data key was sealed by a master key that this process does not have. */
  | 'unknown-master-key'
  /** The sealed text was changed, cut, or moved here from another place. */
  | 'not-authentic';

export class VaultError extends Error {
  readonly code: VaultErrorCode;

  constructor(code: VaultErrorCode, message: string) {
    super(message);
    this.name = 'VaultError';
    this.code = code;
  }
}
