/** The provider of a workspace, with its key in hand. A new protocol is one file beside this one and one line below. */
import { allowsHost } from '../../contracts/credentials/allowed-hosts.ts';
import { findCredentialType } from '../../contracts/credentials/index.ts';
import { secretTexts } from '../../contracts/credentials/secret-texts.ts';
import { credentialOfKind, type ProviderKind } from '../../contracts/models/provider.ts';
import type { OpenedCredential } from '../../db/index.ts';
import type { Guard } from '../../outbound/guard/index.ts';
import { createMask } from '../../outbound/mask-secrets.ts';
import { ModelError } from '../model-error.ts';
import type { Provider } from './provider.ts';

/** Loaded when the first workspace asks for one: each takes 20 to 30 MB, and most servers need at most one of them. */
const byKind = {
  openai: async () => (await import('./openai.ts')).createOpenAiProvider,
  anthropic: async () => (await import('./anthropic.ts')).createAnthropicProvider,
} as const;

/**
 * @param credential undefined: it is not there any more
 * @throws ModelError `unauthorized` when the credential does not fit
 */
export async function openProvider(
  kind: Exclude<ProviderKind, 'sandbox'>,
  credential: OpenedCredential | undefined,
  guard: Pick<Guard, 'fetch'>,
): Promise<Provider> {
  if (!credential) throw unfit('Its credential is not there any more.');
  const type = credentialOfKind[kind];
  const parsed = findCredentialType(type)?.values.safeParse({ ...credential.fields, ...credential.secrets });
  if (credential.type !== type || !parsed?.success)
    throw unfit(`The credential "${credential.name}" is not complete.`);
  const { baseUrl, apiKey, allowedHosts } = parsed.data as Record<
    'baseUrl' | 'apiKey' | 'allowedHosts',
    string
  >;
  if (!allowsHost(allowedHosts, new URL(baseUrl)))
    throw unfit(`The credential "${credential.name}" is not for ${new URL(baseUrl).host}.`);
  const create = await byKind[kind]();
  return create({ baseUrl, apiKey, guard, mask: createMask(secretTexts(credential)) });
}

function unfit(says: string): ModelError {
  return new ModelError({ kind: 'unauthorized', says });
}
