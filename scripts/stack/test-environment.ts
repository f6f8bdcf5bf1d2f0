/** Prepares what the tests need from outside: Temporal, Postgres, an S3 server, a browser and the built web app. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium } from './chromium.ts';
import { findImapServer } from './imap-server.ts';
import { startPostgres } from './postgres-server.ts';
import type { Say } from './say.ts';
import { findTemporalBinary } from './temporal-binary.ts';
import { findToxiproxy } from './toxiproxy.ts';
import { findVersitygw } from './versitygw.ts';

export interface TestTools {
  /** HIVIEX_TEST_TEMPORAL_BINARY, HIVIEX_TEST_POSTGRES_URL, HIVIEX_TEST_VERSITYGW, HIVIEX_TEST_IMAP_SERVER, HIVIEX_TEST_CHROMIUM: each only when it is to be had. */
  env: Record<string, string>;
  /** One sentence for each tool that is not to be had: the tests that need it are skipped. */
  missing: string[];
  /** What is ours and broken, such as a web app that does not build: that fails the run. */
  failures: string[];
  stop(): Promise<void>;
}

/** Everything at once, since most of the time goes into waiting for downloads. Never throws. */
export async function prepareTestTools({ root, say }: { root: string; say: Say }): Promise<TestTools> {
  const [temporal, postgres, versitygw, toxiproxy, imap, chromium, failures] = await Promise.all([
    temporalBinary(say),
    startPostgres({ say }),
    findVersitygw({ say }),
    findToxiproxy({ say }),
    findImapServer({ say }),
    findChromium({ say }),
    buildWeb(root),
  ]);
  const tools: TestTools = { env: {}, missing: [], failures, stop: async () => {} };

  if ('skipped' in temporal) tools.missing.push(`Temporal: ${temporal.skipped}`);
  else tools.env.HIVIEX_TEST_TEMPORAL_BINARY = temporal.path;

  if ('skipped' in postgres) tools.missing.push(`Postgres: ${postgres.skipped}`);
  else {
    tools.env.HIVIEX_TEST_POSTGRES_URL = postgres.url;
    tools.stop = () => postgres.stop();
  }

  if ('skipped' in versitygw) tools.missing.push(`versitygw: ${versitygw.skipped}`);
  else tools.env.HIVIEX_TEST_VERSITYGW = versitygw.path;

  if ('skipped' in toxiproxy) tools.missing.push(`toxiproxy: ${toxiproxy.skipped}`);
  else tools.env.HIVIEX_TEST_TOXIPROXY = toxiproxy.path;

  if ('skipped' in imap) tools.missing.push(`IMAP server: ${imap.skipped}`);
  else tools.env.HIVIEX_TEST_IMAP_SERVER = imap.path;

  if ('skipped' in chromium) tools.missing.push(`Chromium: ${chromium.skipped}`);
  else tools.env.HIVIEX_TEST_CHROMIUM = chromium.executablePath;

  for (const [name, value] of Object.entries(tools.env)) say(`${name}=${value.replace(/:[^:@/]+@/, ':…@')}`);
  for (const reason of tools.missing) say(`Not to be had here, so its tests are skipped: ${reason}`);
  return tools;
}

async function temporalBinary(say: Say): Promise<{ path: string } | { skipped: string }> {
  try {
    return { path: await findTemporalBinary({ say }) };
  } catch (error) {
    return { skipped: (error as Error).message };
  }
}

/** The web build belongs to the set-up, which is plain JavaScript without types: hence the import by URL. */
async function buildWeb(root: string): Promise<string[]> {
  const url = pathToFileURL(join(root, 'scripts', 'bootstrap', 'web-build.mjs')).href;
  const { ensureWebBuild } = (await import(url)) as {
    ensureWebBuild(root: string, node: string): Promise<void>;
  };
  try {
    await ensureWebBuild(root, process.execPath);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
