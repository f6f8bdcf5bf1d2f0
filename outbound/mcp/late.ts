/** What needs the protocol's own client, which is loaded with the first use: it takes 5 MB, and most processes never call a server. */
import type { McpConnection, McpConnectionOptions } from './connection.ts';
import type { AccessTokenOptions } from './oauth/access-token.ts';
import type { Agreement } from './oauth/agree.ts';

export async function openMcpConnection(options: McpConnectionOptions): Promise<McpConnection> {
  return (await import('./connection.ts')).openMcpConnection(options);
}

export async function accessTokenOfGrant(options: AccessTokenOptions): Promise<string> {
  return (await import('./oauth/access-token.ts')).accessTokenOfGrant(options);
}

export async function beginAgreement(agreement: Agreement & { state: string }): Promise<URL> {
  return (await import('./oauth/agree.ts')).beginAgreement(agreement);
}

export async function finishAgreement(agreement: Agreement & { code: string }): Promise<void> {
  return (await import('./oauth/agree.ts')).finishAgreement(agreement);
}
