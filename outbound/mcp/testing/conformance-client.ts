/**
 * Our client as `@modelcontextprotocol/conformance` wants to see it: `node conformance-client.ts <url>` lists the tools and calls each.
 * Where it is refused it agrees as a person would, whose browser is sent straight back.
 */
import { createGuard } from '../../guard/index.ts';
import { openMcpConnection } from '../connection.ts';
import { accessTokenOfGrant } from '../oauth/access-token.ts';
import { beginAgreement, finishAgreement } from '../oauth/agree.ts';
import type { GrantKeeper, McpGrant } from '../oauth/grant.ts';
import { Unauthorized } from '../turned-away.ts';

const url = process.argv.at(-1) ?? '';
const guard = createGuard({ allow: 'localhost,127.0.0.1' });
const { signal } = new AbortController();
let kept: McpGrant | undefined;
const keeper: GrantKeeper = {
  read: async () => kept,
  save: async (grant) => {
    kept = { ...grant };
  },
  claim: async () => true,
  release: async () => undefined,
};

async function work(token?: string): Promise<void> {
  const headers = token === undefined ? [] : ([['Authorization', `Bearer ${token}`]] as const);
  const connection = await openMcpConnection({
    ...{ name: 'conformance', transport: { kind: 'http', url }, guard, commands: {}, folder: '' },
    ...{ use: { headers, query: [] }, signal },
  });
  for (const tool of await connection.tools(signal))
    await connection.call({ tool, arguments: { a: 5, b: 3 }, signal, timeoutMs: 20_000 });
  await connection.close();
}

async function agreed(): Promise<string> {
  const agreement = { guard, keeper, serverUrl: url, redirectUrl: 'http://localhost:9/callback', scope: '' };
  const address = await beginAgreement({ ...agreement, state: 'a-state' });
  const back = (await fetch(address, { redirect: 'manual' })).headers.get('location') ?? '';
  await finishAgreement({ ...agreement, code: new URL(back).searchParams.get('code') ?? '' });
  return await accessTokenOfGrant({ guard, keeper, serverUrl: url, signal });
}

try {
  await work().catch(async (error: unknown) => {
    if (!(error instanceof Unauthorized)) throw error;
    await work(await agreed());
  });
} finally {
  await guard.close();
}
