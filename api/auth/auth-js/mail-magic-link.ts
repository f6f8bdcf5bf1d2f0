/**
 * Mails the link that Auth.js made, if there is somebody to let in by it. Nobody who asks learns whether: it happens aside.
 *
 * What is mailed leads to a page with a button, and the rest stands behind `#`: programs that open every link of a mail to look for
 * viruses would otherwise use it up before its reader does.
 */
import type { IncomingMessage } from 'node:http';
import type { NewLoginToken } from '../../../db/index.ts';
import type { ApiDeps } from '../../deps.ts';
import { mayJoin } from '../admit.ts';
import { keepLink } from '../mailed-links.ts';
import { aside, sendMail } from '../mails.ts';

/** The web app's, which goes on to Auth.js's callback with what follows the `#`. */
const openPage = '/sign-in/open#';

export function mailMagicLink(
  deps: ApiDeps,
  request: IncomingMessage,
  { url, ...link }: Omit<NewLoginToken, 'purpose'> & { url: string },
): void {
  const { email } = link;
  aside(deps, 'magic-link', async () => {
    const user = await deps.db.asSystem(({ accounts }) => accounts.findByEmail(email));
    const welcome = user ? !user.disabled : await mayJoin(deps, email);
    if (!welcome || !(await keepLink(deps, { ...link, purpose: 'magic-link' }))) return;
    await sendMail(deps, request, {
      to: email,
      kind: 'magic-link',
      path: openPage + new URL(url).search.slice(1),
    });
  });
}
