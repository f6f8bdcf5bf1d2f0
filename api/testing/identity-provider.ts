/** A real OpenID Connect provider on a free loopback port: everybody may sign in under any name, by its development pages. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { Browser } from './browser.ts';

export interface IdentityProvider {
  issuer: string;
  /** Client id and secret that are registered with it. */
  client: { clientId: string; clientSecret: string };
  /** What it says of a person, by the name they sign in with. */
  people: Map<string, Record<string, unknown>>;
  /** Registers where the client is; the issuer has to be known before. */
  serve(redirectUri: string): void;
  close(): Promise<void>;
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const client = { clientId: 'hiviex', clientSecret: 'a secret that only these two know' };
  const people = new Map<string, Record<string, unknown>>();
  let handler: ReturnType<Provider['callback']> | undefined;
  const server: Server = createServer((request, response) => {
    if (handler) void handler(request, response);
    else response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    client,
    people,
    serve(redirectUri) {
      const provider = new Provider(issuer, {
        clients: [
          { client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirectUri] },
        ],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
        pkce: { required: () => true },
        ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
        findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people.get(id) }) }),
      });
      handler = provider.callback();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Signs in at the provider and agrees to what is asked; ends where the client sends the browser. */
export async function signInAtProvider(
  browser: Browser,
  url: string,
  person: string,
  on?: (url: string) => void,
): Promise<Awaited<ReturnType<Browser['open']>>> {
  const login = await browser.open(url, on);
  const consent = await browser.submit(login, { login: person, password: 'any' }, on);
  return consent.text.includes('value="consent"') ? browser.submit(consent, {}, on) : consent;
}
