import { afterAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../../contracts/config.ts';
import { createGuard } from '../../../outbound/guard/index.ts';
import { type Claims, signInProviders } from './providers.ts';

const guard = createGuard({ allow: '' });
afterAll(() => guard.close());

function providersOf(env: Record<string, string>) {
  return signInProviders(readConfig(env), guard);
}
const verifies = (env: Record<string, string>, claims: Claims) =>
  providersOf(env)[0]!.hasVerifiedEmail(claims);

describe('providers of the environment', () => {
  it('are those with both of a pair, and the list', () => {
    expect(providersOf({})).toEqual([]);
    expect(providersOf({ AUTH_GOOGLE_ID: 'id', AUTH_GITHUB_SECRET: 'secret' })).toEqual([]);
    const list = JSON.stringify([
      { id: 'acme', name: 'Acme', issuer: 'https://id.acme.example', clientId: 'c', clientSecret: 's' },
    ]);
    const all = providersOf({
      ...{ AUTH_GOOGLE_ID: 'a', AUTH_GOOGLE_SECRET: 'b', AUTH_GITHUB_ID: 'a', AUTH_GITHUB_SECRET: 'b' },
      ...{ AUTH_MICROSOFT_ID: 'a', AUTH_MICROSOFT_SECRET: 'b', HIVIEX_OIDC_PROVIDERS: list },
    });
    expect(all.map(({ id, name }) => `${id} ${name}`)).toEqual([
      'google Google',
      'github GitHub',
      'microsoft-entra-id Microsoft',
      'acme Acme',
    ]);
    for (const { authJs } of all) {
      const { checks } = { ...authJs, ...authJs.options };
      expect(checks).toEqual(
        expect.arrayContaining(authJs.type === 'oidc' ? ['pkce', 'state', 'nonce'] : ['pkce', 'state']),
      );
    }
  });

  it.each([
    ['not JSON', '{'],
    ['a field is missing', '[{"id":"acme"}]'],
    ['taken', '[{"id":"google","name":"G","issuer":"https://a.example","clientId":"c","clientSecret":"s"}]'],
  ])('refuse a list that is wrong: %s', (_, list) => {
    expect(() => readConfig({ HIVIEX_OIDC_PROVIDERS: list })).toThrow('HIVIEX_OIDC_PROVIDERS');
  });
});

describe('a verified address', () => {
  const google = { AUTH_GOOGLE_ID: 'a', AUTH_GOOGLE_SECRET: 'b' };
  const microsoft = { AUTH_MICROSOFT_ID: 'a', AUTH_MICROSOFT_SECRET: 'b' };
  const acme = {
    id: 'acme',
    name: 'Acme',
    issuer: 'https://id.acme.example',
    clientId: 'c',
    clientSecret: 's',
  };

  it('is what the provider says is one, not what it leaves out', () => {
    expect(verifies(google, { email_verified: true })).toBe(true);
    for (const claims of [{}, { email_verified: false }, { email_verified: 'false' }, { email_verified: 1 }])
      expect(verifies(google, claims)).toBe(false);
    expect(verifies({ HIVIEX_OIDC_PROVIDERS: JSON.stringify([acme]) }, {})).toBe(false);
    expect(verifies({ HIVIEX_OIDC_PROVIDERS: JSON.stringify([{ ...acme, trustEmail: true }]) }, {})).toBe(
      true,
    );
  });

  it('of Microsoft is one of the operator’s own tenant, or of a domain that the other tenant has proven', () => {
    const of = (tenant: string) => ({
      AUTH_MICROSOFT_ISSUER: `https://login.microsoftonline.com/${tenant}/v2.0`,
    });
    expect(verifies(microsoft, { email_verified: true })).toBe(false);
    expect(verifies(microsoft, { xms_edov: true })).toBe(true);
    expect(verifies(microsoft, { xms_edov: '0' })).toBe(false);
    for (const many of ['common', 'organizations', 'consumers', 'Common'])
      expect(verifies({ ...microsoft, ...of(many) }, {})).toBe(false);
    expect(verifies({ ...microsoft, ...of('2d8c…-a-tenant') }, {})).toBe(true);
  });
});
