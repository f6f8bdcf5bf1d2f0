/** Mails the link that Auth.js made, if there is somebody to let in by it. Nobody who asks learns whether: it happens aside. */
import type { IncomingMessage } from 'node:http';
import type { NewLoginToken } from '../../../db/index.ts';
import type { ApiDeps } from '../../deps.ts';
import { mayJoin } from '../admit.ts';
import { mayMailLink } from '../mailed-links.ts';
import { aside, sendMail } from '../mails.ts';

export function mailMagicLink(
  deps: ApiDeps,
  request: IncomingMessage,
  { url, ...link }: Omit<NewLoginToken, 'purpose'> & { url: string },
): void {
  const { email } = link;
  aside(deps, 'magic-link', async () => {
    const user = await deps.db.asSystem(({ accounts }) => accounts.findByEmail(email));
    const welcome = user ? !user.disabled : await mayJoin(deps, email);
    if (!welcome || !(await mayMailLink(deps, email, 'magic-link'))) return;
    await deps.db.asSystem(async ({ loginTokens }) => {
      await loginTokens.removeExpired();
      await loginTokens.create({ ...link, purpose: 'magic-link' });
    });
    await sendMail(deps, request, { to: email, kind: 'magic-link', path: url });
  });
}
