/**
 * The first start: owner, workspace and API key from the environment, or a one-time token that lets whoever reads the console
 * set Hiviex up in the browser. Does nothing that is done already.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Logger } from 'pino';
import type { Config } from '../../contracts/config.ts';
import type { Database } from '../../db/index.ts';
import { ApiProblem } from '../problems.ts';
import { publicUrl } from '../public-url.ts';
import { createFirstOwner, type FirstOwner } from './first-owner.ts';
import { hashToken, randomToken } from './secrets.ts';

const tokenSetting = 'setup.token-hash';
const firstWorkspaceName = 'My workspace';

/** @returns `setupUrl` while nobody owns this instance: show it on the console, and nowhere else */
export async function ensureBootstrap({
  db,
  config,
  log,
}: {
  db: Database;
  config: Config;
  log: Logger;
}): Promise<{ setupUrl?: string }> {
  const { HIVIEX_OWNER_EMAIL: email, HIVIEX_OWNER_PASSWORD: password, HIVIEX_API_KEY: key } = config;
  if (email && password) {
    const owner = await createFirstOwner(db, { email, password, workspace: firstWorkspaceName });
    if (owner) log.info({ email }, 'the owner was made from the environment');
  }
  if (key) await ensureApiKey(db, key);
  if (await db.asSystem(({ accounts }) => accounts.anyUser())) return {};
  const token = randomToken();
  await db.asSystem(({ settings }) => settings.set(tokenSetting, hashToken(token)));
  return { setupUrl: `${publicUrl(config)}/setup?token=${token}` };
}

/** @throws ApiProblem `setup-done`, `setup-token` */
export async function setUp(
  db: Database,
  { token, ...owner }: FirstOwner & { token: string },
): Promise<{ user: string; workspace: string }> {
  if (await db.asSystem(({ accounts }) => accounts.anyUser())) throw new ApiProblem('setup-done');
  const expected = await db.asSystem(({ settings }) => settings.get(tokenSetting));
  if (typeof expected !== 'string' || !sameHash(expected, hashToken(token)))
    throw new ApiProblem('setup-token');
  const made = await createFirstOwner(db, owner);
  if (!made) throw new ApiProblem('setup-done');
  await db.asSystem(({ settings }) => settings.remove(tokenSetting));
  return made;
}

async function ensureApiKey(db: Database, key: string): Promise<void> {
  const workspace = await db.asSystem(({ accounts }) => accounts.ensureFirstWorkspace(firstWorkspaceName));
  const name = 'HIVIEX_API_KEY';
  const current = await db.asSystem(({ apiKeys }) =>
    apiKeys.ensure({
      keyHash: hashToken(key),
      prefix: key.slice(0, 8),
      name,
      role: 'owner',
      workspace: workspace.id,
    }),
  );
  // The environment holds one key: whoever changes it means the former one to stop working.
  await db.inWorkspace(workspace.id, async ({ apiKeys }) => {
    for (const former of await apiKeys.list())
      if (former.name === name && former.id !== current.id) await apiKeys.remove(former.id);
  });
}

function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
