/**
 * The ways to sign in elsewhere that the environment turns on. Each says in its own words whether it has verified an address; only
 * then may the address decide who somebody is.
 */
import { customFetch } from '@auth/core';
import type { OAuth2Config, OIDCConfig } from '@auth/core/providers';
import GitHub from '@auth/core/providers/github';
import Google from '@auth/core/providers/google';
import MicrosoftEntraID from '@auth/core/providers/microsoft-entra-id';
import type { Config, OidcProvider } from '../../../contracts/config.ts';
import type { Guard } from '../../../outbound/guard/index.ts';

/** What a provider says of a person, as it came. */
export type Claims = Record<string, unknown>;

export interface SignInProvider {
  id: string;
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: the profile's type is each provider's own, and read as claims only
  authJs: OAuth2Config<any> | OIDCConfig<any>;
  /** Whether the provider has verified that the address is this person's. */
  hasVerifiedEmail(claims: Claims): boolean;
}

const limits = { maxBytes: 1_000_000, timeoutMs: 10_000 };
const oidcChecks = ['pkce', 'state', 'nonce'] as const;

export function signInProviders(config: Config, guard: Guard): SignInProvider[] {
  return [
    ...google(config),
    ...github(config),
    ...microsoft(config),
    ...config.HIVIEX_OIDC_PROVIDERS.map((provider) => anyOidc(provider, guard)),
  ];
}

function google({ AUTH_GOOGLE_ID: clientId, AUTH_GOOGLE_SECRET: clientSecret }: Config): SignInProvider[] {
  if (!clientId || !clientSecret) return [];
  return [
    {
      id: 'google',
      name: 'Google',
      authJs: Google({ clientId, clientSecret, checks: [...oidcChecks] }),
      hasVerifiedEmail: saysVerified,
    },
  ];
}

function github({ AUTH_GITHUB_ID: clientId, AUTH_GITHUB_SECRET: clientSecret }: Config): SignInProvider[] {
  if (!clientId || !clientSecret) return [];
  const preset = GitHub({});
  return [
    {
      id: 'github',
      name: 'GitHub',
      authJs: {
        ...preset,
        // GitHub knows no nonce: it is no OIDC provider.
        options: {
          clientId,
          clientSecret,
          checks: ['pkce', 'state'],
          userinfo: { url: 'https://api.github.com/user', request: gitHubProfile },
        },
      },
      hasVerifiedEmail: saysVerified,
    },
  ];
}

/** The preset takes the first address, verified or not. */
async function gitHubProfile({ tokens }: { tokens: { access_token?: string | undefined } }): Promise<Claims> {
  const ask = async (path: string) => {
    const headers = { authorization: `Bearer ${tokens.access_token}`, 'user-agent': 'Hiviex' };
    const response = await fetch(`https://api.github.com${path}`, { headers });
    if (!response.ok) throw new Error(`GitHub answered ${response.status} to ${path}.`);
    return response.json();
  };
  const [profile, emails] = (await Promise.all([ask('/user'), ask('/user/emails')])) as [
    Claims,
    { email: string; primary: boolean; verified: boolean }[],
  ];
  const email = emails.find(({ primary, verified }) => primary && verified);
  return { ...profile, email: email?.email, email_verified: email !== undefined };
}

function microsoft(config: Config): SignInProvider[] {
  const { AUTH_MICROSOFT_ID: clientId, AUTH_MICROSOFT_SECRET: clientSecret } = config;
  if (!clientId || !clientSecret) return [];
  const issuer = config.AUTH_MICROSOFT_ISSUER;
  // Auth.js knows by this id that the issuer is another one for each tenant.
  const preset = MicrosoftEntraID({
    clientId,
    clientSecret,
    ...(issuer && { issuer }),
    checks: [...oidcChecks],
  });
  return [
    {
      id: preset.id,
      name: 'Microsoft',
      // The preset's profile loads a photo that we have no use for.
      authJs: { ...preset, profile: profileOf },
      // Whoever runs a tenant writes any address into it. The operator vouches for a tenant they name; of others only the claim
      // counts that the domain is its own.
      hasVerifiedEmail: ({ xms_edov: verified }) =>
        isOneTenant(issuer) || verified === true || verified === 1 || verified === '1' || verified === 'true',
    },
  ];
}

/** Microsoft's issuers of many tenants have names, those of one its id or domain. */
function isOneTenant(issuer: string | undefined): boolean {
  return issuer !== undefined && !/\/(common|organizations|consumers)(\/|$)/i.test(new URL(issuer).pathname);
}

function anyOidc(provider: OidcProvider, guard: Guard): SignInProvider {
  const { id, name, issuer, clientId, clientSecret, trustEmail } = provider;
  return {
    id,
    name,
    authJs: {
      id,
      name,
      type: 'oidc',
      issuer,
      clientId,
      clientSecret,
      checks: [...oidcChecks],
      // Most providers tell addresses only to who asks with the access token.
      idToken: false,
      profile: profileOf,
      [customFetch]: (input: string | URL | Request, init?: RequestInit) => {
        if (!(input instanceof Request)) return guard.fetch(input, init ?? {}, limits);
        const { method, headers, body, signal } = input;
        return guard.fetch(input.url, { method, headers, body, signal, ...init }, limits);
      },
    },
    hasVerifiedEmail: (claims) => trustEmail || saysVerified(claims),
  };
}

function profileOf(claims: Claims): { id: string; name: string | null; email: string | null } {
  const { sub, name, preferred_username: username, email } = claims;
  return {
    id: String(sub),
    name: typeof name === 'string' ? name : typeof username === 'string' ? username : null,
    email: typeof email === 'string' ? email : null,
  };
}

function saysVerified({ email_verified: verified }: Claims): boolean {
  return verified === true || verified === 'true';
}
