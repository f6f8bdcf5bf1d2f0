/** The secret that Auth.js's cookies and our sealed values hang on: the operator's, or one that is made once and kept. */
import type { ApiDeps } from '../deps.ts';
import { randomToken } from './secrets.ts';

const setting = 'auth.secret';

export async function authSecret({ db, config }: Pick<ApiDeps, 'db' | 'config'>): Promise<string> {
  if (config.HIVIEX_AUTH_SECRET) return config.HIVIEX_AUTH_SECRET;
  // Two processes that start at once end up with the same one.
  return String(await db.asSystem(({ settings }) => settings.ensure(setting, randomToken())));
}
