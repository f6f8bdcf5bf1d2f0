/** Puts an authorization server in front of a double: discovery, registration, codes with PKCE, tokens that end and are refreshed. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import type { McpDouble } from './mcp-double.ts';

export interface OAuthDouble {
  /** Seconds that an access token is good for. */
  expiresIn: number;
  /** Requests of tokens, as they came. */
  asked: URLSearchParams[];
  /** What a person's browser does at the authorization address: agrees. @returns where it is sent back to */
  agree(address: string): URL;
  /** No access token is good any more. */
  revoke(): void;
}

export function protectDouble(double: McpDouble): OAuthDouble {
  const { origin } = new URL(double.url);
  const challenges = new Map<string, string>();
  const access = new Set<string>();
  const refresh = new Set<string>();
  let made = 0;

  const json = (response: ServerResponse, status: number, body: object) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return true;
  };

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await textOf(request));
    oauth.asked.push(form);
    const isCode = form.get('grant_type') === 'authorization_code';
    const given = form.get(isCode ? 'code' : 'refresh_token') ?? '';
    const verified = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isGood = isCode ? challenges.get(given) === verified : refresh.has(given);
    challenges.delete(given);
    refresh.delete(given);
    if (!isGood) return void json(response, 400, { error: 'invalid_grant' });
    made += 1;
    access.add(`access-${made}`);
    refresh.add(`refresh-${made}`);
    json(response, 200, {
      ...{ access_token: `access-${made}`, refresh_token: `refresh-${made}` },
      ...{ token_type: 'Bearer', expires_in: oauth.expiresIn },
    });
  }

  double.before = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', origin);
    if (pathname.startsWith('/.well-known/oauth-protected-resource'))
      return json(response, 200, { resource: double.url, authorization_servers: [origin] });
    if (pathname === '/.well-known/oauth-authorization-server')
      return json(response, 200, {
        ...{
          issuer: origin,
          authorization_endpoint: `${origin}/authorize`,
          token_endpoint: `${origin}/token`,
        },
        ...{ registration_endpoint: `${origin}/register`, response_types_supported: ['code'] },
        code_challenge_methods_supported: ['S256'],
      });
    if (pathname === '/register') {
      void textOf(request).then((body) => json(response, 201, { ...JSON.parse(body), client_id: 'hiviex' }));
      return true;
    }
    if (pathname === '/token') {
      void token(request, response);
      return true;
    }
    const bearer = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    if (pathname === '/mcp' && access.has(bearer)) return false;
    const where = `${origin}/.well-known/oauth-protected-resource`;
    response.writeHead(401, { 'www-authenticate': `Bearer resource_metadata="${where}"` }).end();
    return true;
  };

  const oauth: OAuthDouble = {
    expiresIn: 3_600,
    asked: [],
    agree(address) {
      const asked = new URL(address).searchParams;
      made += 1;
      const challenge = asked.get('code_challenge') ?? '';
      challenges.set(`code-${made}`, challenge);
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.searchParams.set('code', `code-${made}`);
      back.searchParams.set('state', asked.get('state') ?? '');
      return back;
    },
    revoke: () => access.clear(),
  };
  return oauth;
}
