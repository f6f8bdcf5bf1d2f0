/**
 * Opens the credential that a node names, at the last moment: histories hold its id, and only this process its values, for as long
 * as one request takes.
 */
import { allowsHost } from '../../contracts/credentials/allowed-hosts.ts';
import type { CredentialUse } from '../../contracts/credentials/index.ts';
import { sentForms } from '../../contracts/credentials/secret-texts.ts';
import { StepFailure } from '../../contracts/effect.ts';
import type { Database } from '../../db/index.ts';
import type { Guard } from '../../outbound/guard/index.ts';
import { accessTokenOf } from './access-token.ts';
import { type CredentialToOpen, openCredential, unfit } from './open-credential.ts';

export interface CredentialRequest extends CredentialToOpen {
  /** Where it will be sent. */
  to: URL;
  signal: AbortSignal;
  /** An access token that the service refused; another one is fetched. */
  rejected?: string | undefined;
}

export interface ResolvedCredential extends CredentialUse {
  /** OAuth2's: ask again with it as `rejected` when the service refuses it. */
  accessToken?: string | undefined;
}

/** @throws StepFailure `credential-missing`, `credential-unfit`, `credential-not-for-host`, `credential-refused`, `credential-not-connected`; VaultError */
export type CredentialResolver = (request: CredentialRequest) => Promise<ResolvedCredential>;

/** @param db Unset in tests of effects that need none. */
export function createCredentialResolver({
  db,
  guard,
}: {
  db: Database | undefined;
  guard: Pick<Guard, 'fetch'>;
}): CredentialResolver {
  return async (request) => {
    const { context, id, to, secrets } = request;
    const { opened, credentialType, values } = await openCredential(db, request);
    if (!db || !credentialType.apply) throw unfit(opened.name, context.nodeName);

    const { allowedHosts } = values;
    if (typeof allowedHosts === 'string' && !allowsHost(allowedHosts, to)) throw notForHost(opened.name, to);

    const accessToken =
      opened.type === 'oauth2' ? await accessTokenOf(opened, { ...request, db, guard }) : undefined;
    const use = credentialType.apply(values, accessToken);
    for (const value of sentForms(use)) secrets.add(value);
    await db.inWorkspace(context.workspace, ({ credentials }) => credentials.touch(id));
    return { ...use, accessToken };
  };
}

function notForHost(name: string, { host }: URL): StepFailure {
  return new StepFailure({
    code: 'credential-not-for-host',
    message: `The credential "${name}" is not for ${host}.`,
    hint: 'Correct the URL of the node, or ask whoever manages the credential to add the host to its allowed hosts.',
  });
}
