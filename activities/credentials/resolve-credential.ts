/**
 * Opens the credential that a node names, at the last moment: histories hold its id, and only this process its values, for as long
 * as one request takes.
 */
import { type CredentialUse, findCredentialType, secretFields } from '../../contracts/credentials/index.ts';
import { type EffectContext, StepFailure } from '../../contracts/effect.ts';
import type { JsonValue } from '../../contracts/json.ts';
import type { Database, OpenedCredential } from '../../db/index.ts';
import type { Guard } from '../../outbound/guard/index.ts';
import { accessTokenOf } from './access-token.ts';

export interface CredentialRequest {
  context: EffectContext;
  /** The credential's id. */
  id: string;
  nodeType: string;
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

/** @throws StepFailure `credential-missing`, `credential-unfit`, `credential-refused`, `credential-not-connected`; VaultError */
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
    const { context, id, nodeType, secrets } = request;
    const opened = await db?.inWorkspace(context.workspace, ({ credentials }) => credentials.open(id));
    if (!db || !opened) throw missing(context.nodeName);
    const credentialType = findCredentialType(opened.type);
    for (const value of secretsOf(opened)) secrets.add(value);
    const parsed = credentialType?.values.safeParse({ ...opened.fields, ...opened.secrets });
    if (!credentialType?.apply || !parsed?.success || !credentialType.nodes.includes(nodeType))
      throw unfit(opened.name, context.nodeName);

    const accessToken =
      opened.type === 'oauth2' ? await accessTokenOf(opened, { ...request, db, guard }) : undefined;
    const use = credentialType.apply(parsed.data, accessToken);
    for (const value of sentForms(use)) secrets.add(value);
    await db.inWorkspace(context.workspace, ({ credentials }) => credentials.touch(id));
    return { ...use, accessToken };
  };
}

/** Everything in the fields that the type calls secret, and its tokens. */
export function secretsOf({ type, secrets, tokens }: OpenedCredential): string[] {
  const credentialType = findCredentialType(type);
  const named = credentialType ? secretFields(credentialType) : Object.keys(secrets);
  const tokenTexts = [tokens?.accessToken, tokens?.refreshToken].filter((token) => token !== undefined);
  return [...named.flatMap((name) => textsOf(secrets[name] ?? null)), ...tokenTexts];
}

/** What is made of them: "Basic dXNlcjpw…" is a secret too, with and without its scheme. */
function sentForms({ headers, query }: CredentialUse): string[] {
  return [...headers, ...query].flatMap(([, value]) => [value, value.replace(/^\w+ /, '')]);
}

/** The names in a list of headers are no secret. */
function textsOf(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => (key === 'name' ? [] : textsOf(entry)));
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
