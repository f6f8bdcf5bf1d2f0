/** The browsers in which a person is signed in. */
import { z } from 'zod';
import { sessionList } from '../../contracts/api/account.ts';
import { sessionLimits } from '../auth/session-limits.ts';
import { revokeSession, revokeSessions } from '../auth/sessions.ts';
import { notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'account';

export const list = defineRoute({
  method: 'get',
  path: '/account/sessions',
  summary: 'The browsers in which one is signed in',
  tag,
  auth: 'user',
  responses: { 200: sessionList },
  handler: async ({ principal }, { db, config }) => {
    const { idleSeconds } = sessionLimits(config);
    const sessions = await db.asSystem((system) => system.sessions.list(principal.user, { idleSeconds }));
    const items = sessions.map(({ id, device, ip, method, createdAt, lastSeenAt, expiresAt }) => ({
      id,
      current: id === principal.session,
      device,
      ...(ip !== undefined && { ip }),
      method,
      createdAt,
      lastSeenAt,
      expiresAt,
    }));
    return { status: 200, body: { items } };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/account/sessions/:id',
  summary: 'Sign one browser out',
  tag,
  auth: 'user',
  params: z.object({ id: z.string() }),
  responses: { 204: null },
  handler: async ({ params, principal, request }, deps) => {
    if (!(await revokeSession(deps, request, principal, params.id))) throw notFound('session');
    return { status: 204 };
  },
});

export const removeOthers = defineRoute({
  method: 'delete',
  path: '/account/sessions',
  summary: 'Sign every other browser out',
  tag,
  auth: 'user',
  audit: 'session.others-ended',
  responses: { 204: null },
  handler: async ({ principal, request }, deps) => {
    await revokeSessions(deps, request, principal, { user: principal.user, keep: principal.session });
    return { status: 204 };
  },
});
