/**
 * Opens the credential that a node names, at the last moment: histories hold its id, and only this process its values, for as long
 * as one request takes.
 */
import { allowsHost } from '../../contracts/credentials/allowed-hosts.ts';
import { type CredentialUse, findCredentialType } from '../../contracts/credentials/index.ts';
import { secretTexts, sentForms } from '../../contracts/credentials/secret-texts.ts';
import { type EffectContext, StepFailure } from '../../contracts/effect.ts';
import type { Database } from '../../db/index.ts';
import type { Guard } from '../../outbound/guard/index.ts';
import { accessTokenOf } from './access-token.ts';

export interface CredentialRequest {
  context: EffectContext;
  /** The credential's id. */
  id: string;
  nodeType: string;
  /** Where it will be sent. */
  to: URL;
  /** Gets every value that must not be shown. */
  secrets: Set<string>;
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
    const { context, id, nodeType, to, secrets } = request;
    const opened = await db?.inWorkspace(context.workspace, ({ credentials }) => credentials.open(id));
    if (!db || !opened) throw missing(context.nodeName);
    const credentialType = findCredentialType(opened.type);
    for (const value of secretTexts(opened)) secrets.add(value);
    const parsed = credentialType?.values.safeParse({ ...opened.fields, ...opened.secrets });
    if (!credentialType?.apply || !parsed?.success || !credentialType.nodes.includes(nodeType))
      throw unfit(opened.name, context.nodeName);

    const { allowedHosts } = parsed.data;
    if (typeof allowedHosts === 'string' && !allowsHost(allowedHosts, to)) throw notForHost(opened.name, to);

    const accessToken =
      opened.type === 'oauth2' ? await accessTokenOf(opened, { ...request, db, guard }) : undefined;
    const use = credentialType.apply(parsed.data, accessToken);
    for (const value of sentForms(use)) secrets.add(value);
    await db.inWorkspace(context.workspace, ({ credentials }) => credentials.touch(id));
    return { ...use, accessToken };
  };
}

function missing(nodeName: string): StepFailure {
  return new StepFailure({
    code: 'credential-missing',
    message: `The credential of "${nodeName}" is not there any more.`,
    hint: 'Open the node, choose another credential, and publish the automation again.',
  });
}

function unfit(name: string, nodeName: string): StepFailure {
  return new StepFailure({
    code: 'credential-unfit',
    message: `The credential "${name}" cannot be used by "${nodeName}".`,
    hint: 'Complete it under Credentials, or choose one of another type in the node.',
  });
}

function notForHost(name: string, { host }: URL): StepFailure {
  return new StepFailure({
    code: 'credential-not-for-host',
    message: `The credential "${name}" is not for ${host}.`,
    hint: 'Correct the URL of the node, or ask whoever manages the credential to add the host to its allowed hosts.',
  });
}
