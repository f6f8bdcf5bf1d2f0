/** Our client as `@modelcontextprotocol/conformance` wants to see it: `node conformance-client.ts <url>` lists the tools and calls each. */
import { createGuard } from '../../guard/index.ts';
import { openMcpConnection } from '../connection.ts';

const url = process.argv.at(-1) ?? '';
const guard = createGuard({ allow: new URL(url).host });
const { signal } = new AbortController();
const connection = await openMcpConnection({
  ...{ name: 'conformance', transport: { kind: 'http', url }, guard, commands: {}, folder: '' },
  ...{ use: { headers: [], query: [] }, signal },
});
for (const tool of await connection.tools(signal))
  await connection.call({ tool, arguments: { a: 5, b: 3 }, signal, timeoutMs: 20_000 });
await connection.close();
await guard.close();
