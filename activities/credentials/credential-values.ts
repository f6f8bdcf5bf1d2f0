/** What a credential holds, for nodes that speak a protocol of their own with it (Postgres, SMTP, S3, keys). */
import type { Database } from '../../db/index.ts';
import { type CredentialToOpen, openCredential } from './open-credential.ts';

/** @throws StepFailure `credential-missing`, `credential-unfit`; VaultError */
export type CredentialValues = (request: CredentialToOpen) => Promise<Record<string, unknown>>;

/** @param db Unset in tests of effects that need none. */
export function createCredentialValues(db: Database | undefined): CredentialValues {
  return async (request) => {
    const { values } = await openCredential(db, request);
    await db?.inWorkspace(request.context.workspace, ({ credentials }) => credentials.touch(request.id));
    return values;
  };
}
