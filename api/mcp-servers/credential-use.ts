/** What the credential of an MCP server adds to its requests. */
import { allowsHost } from '../../contracts/credentials/allowed-hosts.ts';
import type { CredentialUse } from '../../contracts/credentials/credential-type.ts';
import { text } from '../../contracts/text.ts';
import type { StoredMcpServer } from '../../db/index.ts';
import { accessTokenOfGrant, keeperOf, McpFailure, NotConnected } from '../../outbound/mcp/index.ts';
import { freshToken } from '../../outbound/oauth2/index.ts';
import { checkValues } from '../credentials/values.ts';
import type { ApiDeps } from '../deps.ts';

const patienceMs = 30_000;

/**
 * @param user whose own connection it is, where each person has one
 * @throws NotConnected; McpFailure; OAuthError, OutboundError; VaultError
 */
export async function credentialUse(
  { db, guard }: Pick<ApiDeps, 'db' | 'guard'>,
  workspace: string,
  { id, auth, transport, name }: StoredMcpServer,
  user: string | undefined,
): Promise<CredentialUse> {
  if (auth.kind === 'oauth' && transport.kind === 'http') {
    if (user === undefined) throw new NotConnected();
    const kept = await db.inWorkspace(workspace, async ({ mcpConnections }) => mcpConnections.of(id, user));
    const { url: serverUrl } = transport;
    const signal = AbortSignal.timeout(patienceMs);
    const token = await accessTokenOfGrant({ guard, keeper: keeperOf(kept), serverUrl, signal });
    return { headers: [['Authorization', `Bearer ${token}`]], query: [] };
  }
  if (auth.kind !== 'credential' || transport.kind !== 'http') return { headers: [], query: [] };
  const { opened, tokens } = await db.inWorkspace(workspace, async ({ credentials }) => ({
    opened: await credentials.open(auth.credential),
    tokens: credentials.tokens(auth.credential),
  }));
  if (!opened) throw unfit(name);
  const { credentialType, values } = checkValues(opened.type, { ...opened.fields, ...opened.secrets });
  const { allowedHosts } = values;
  if (
    !credentialType.apply ||
    (typeof allowedHosts === 'string' && !allowsHost(allowedHosts, new URL(transport.url)))
  )
    throw unfit(name);
  const accessToken = opened.type === 'oauth2' ? (await freshToken(tokens, guard)).accessToken : undefined;
  return credentialType.apply(values, accessToken);
}

function unfit(name: string): McpFailure {
  return new McpFailure(
    'mcp-refused',
    text(
      `The credential of "${name}" can't be sent to it.`,
      `A credencial de "${name}" não pode ser enviada a ele.`,
    ),
    text(
      'Choose another one, or add the host to its allowed hosts.',
      'Escolha outra, ou acrescente o servidor aos endereços permitidos dela.',
    ),
  );
}
