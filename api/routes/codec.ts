/** The way for the Temporal UI to show decoded payloads to the person who asks for it here. */
import { z } from 'zod';
import { moment } from '../../contracts/api/page.ts';
import { authSecret } from '../auth/auth-secret.ts';
import { signViewing, viewingSeconds } from '../codec/viewing-token.ts';
import { publicUrl } from '../public-url.ts';
import { apiBase, defineRoute } from '../route.ts';

export const open = defineRoute({
  method: 'post',
  path: '/codec-endpoints',
  summary: 'An address at which the Temporal UI decodes payloads for you',
  description:
    'Paste it into the Temporal UI (the glasses at the top, "Codec Server"). It opens what you may see, for an hour; whoever has it sees the same.',
  tag: 'runs',
  auth: 'user',
  audit: 'codec.open',
  responses: { 201: z.object({ endpoint: z.url(), expiresAt: moment }) },
  handler: async ({ principal, request }, deps) => {
    const expires = Math.floor(Date.now() / 1_000) + viewingSeconds;
    const token = signViewing(await authSecret(deps), { user: principal.user, expires });
    const endpoint = `${publicUrl(deps.config, request)}${apiBase}/codec/${token}`;
    return { status: 201, body: { endpoint, expiresAt: new Date(expires * 1_000).toISOString() } };
  },
});
