import { defineEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';
import { Workspace } from './workspace.ts';

/** A signed-in browser, however it signed in. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.text().primary(),
    /** sha-256 of the cookie's token, hex. */
    tokenHash: p.text().unique(),
    user: () => p.manyToOne(User).mapToPk().fieldName('user').deleteRule('cascade').index(),
    /** Null: the person is in no workspace (yet, or any more). */
    activeWorkspace: () =>
      p.manyToOne(Workspace).mapToPk().fieldName('active_workspace').deleteRule('set null').nullable(),
    /** `password`, `magic-link`, or the id of an OIDC provider. */
    method: p.text(),
    /** The second factor is still asked for: until it is given the session opens nothing else. */
    secondFactorDue: p.boolean().default(false),
    ip: p.text().nullable(),
    userAgent: p.text().nullable(),
    /** Browser and system as a person reads them. */
    device: p.text(),
    createdAt: p.datetime(3),
    lastSeenAt: p.datetime(3),
    /** The absolute limit; inactivity ends a session earlier. */
    expiresAt: p.datetime(3),
  },
});
