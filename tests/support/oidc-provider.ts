/**
 * An OpenID Connect provider that people have an account at: the certified `oidc-provider`, with its own pages to sign in and to
 * consent on. Any login gets in and is the local part of the person's address, which the provider has verified. PKCE is required.
 *
 *     const provider = await startOidcProvider({ redirectUri: `${hiviex}/auth/callback/acme` });
 *     provider.settings                    // for HIVIEX_OIDC_PROVIDERS, beside `id` and `name`
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { freePort } from '../../scripts/stack/free-port.ts';

/** Parameters as the client sent them. */
export type SentParameters = Readonly<Record<string, unknown>>;

export interface OidcProviderServer {
  settings: { issuer: string; clientId: string; clientSecret: string };
  /** Authorization requests that ended in a code, oldest first. */
  authorizations: readonly SentParameters[];
  /** Token requests that were granted, oldest first. */
  tokenRequests: readonly SentParameters[];
  /** What the provider refused, and why. */
  refusals: readonly string[];
  close(): Promise<void>;
}

/** The address of a login at this provider. */
export const emailOf = (login: string) => `${login}@example.com`;

export async function startOidcProvider({
  redirectUri,
}: {
  redirectUri: string;
}): Promise<OidcProviderServer> {
  const port = await freePort();
  const settings = {
    issuer: `http://127.0.0.1:${port}`,
    clientId: 'hiviex',
    clientSecret: randomBytes(24).toString('hex'),
  };
  const authorizations: SentParameters[] = [];
  const tokenRequests: SentParameters[] = [];
  const refusals: string[] = [];

  const provider = quietly(() => new Provider(settings.issuer, configuration(settings, redirectUri)));
  const sent = ({ oidc }: KoaContextWithOIDC): SentParameters => ({ ...oidc.params });
  provider.on('authorization.success', (context) => authorizations.push(sent(context)));
  provider.on('grant.success', (context) => tokenRequests.push(sent(context)));
  const refuse = (_: KoaContextWithOIDC, error: Error) => refusals.push(String(error));
  provider.on('authorization.error', refuse);
  provider.on('grant.error', refuse);
  provider.on('server_error', refuse);

  const server = createServer(provider.callback());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    settings,
    authorizations,
    tokenRequests,
    refusals,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** It warns that its memory and its pages are for development only, which is what we want them for. */
function quietly<T>(make: () => T): T {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return make();
  } finally {
    console.warn = warn;
  }
}

function configuration(
  { clientId, clientSecret }: OidcProviderServer['settings'],
  redirectUri: string,
): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'test' };
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    findAccount: (_, login) => ({
      accountId: login,
      claims: () => ({ sub: login, name: login, email: emailOf(login), email_verified: true }),
    }),
    features: { devInteractions: { enabled: true } },
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(24).toString('hex')] },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
  };
}
