/** The test button: tries a credential at its service, and says what came of it without repeating a secret. */
import type { CredentialTest } from '../../contracts/api/credentials.ts';
import type { oauth2Credential } from '../../contracts/credentials/oauth2.ts';
import { secretTexts, sentForms } from '../../contracts/credentials/secret-texts.ts';
import type { Language } from '../../contracts/text.ts';
import { maskSecrets } from '../../outbound/mask-secrets.ts';
import { freshToken, type TokenKeeper } from '../../outbound/oauth2/index.ts';
import { probe } from '../../outbound/probes/index.ts';
import type { ApiDeps } from '../deps.ts';
import type { CheckedValues } from './values.ts';

/** @param tokens of a stored OAuth2 credential, so that a test loses no refresh token; left out: what the test gets is not kept */
export async function testValues(
  { guard }: Pick<ApiDeps, 'guard'>,
  { credentialType, values, secrets }: CheckedValues,
  language: Language,
  tokens: TokenKeeper = forgetful(values),
): Promise<CredentialTest> {
  const hidden = new Set(secretTexts({ type: credentialType.type, secrets }));
  for (const form of sentForms(credentialType.apply?.(values) ?? { headers: [], query: [] }))
    hidden.add(form);
  const accessToken = async () => {
    const { accessToken: token, refreshToken } = await freshToken(tokens, guard);
    for (const text of [token, refreshToken]) if (text !== undefined) hidden.add(text);
    return token;
  };
  const { passed, says } = await probe({ guard, credentialType, values, accessToken });
  return { passed, message: maskSecrets(says[language], hidden) };
}

function forgetful(values: object): TokenKeeper {
  const kept = {
    values: values as ReturnType<typeof oauth2Credential.values.parse>,
    tokens: undefined,
    revision: 0,
  };
  return { read: async () => kept, save: async () => true, claim: async () => true, release: async () => {} };
}
