import { defineEntity, p } from '@mikro-orm/core';

/** A link that was mailed: single use, short-lived. No foreign key: a magic link may make its user. */
export const LoginToken = defineEntity({
  name: 'LoginToken',
  tableName: 'login_tokens',
  properties: {
    /** sha-256 of the token, hex. */
    tokenHash: p.text().primary(),
    purpose: p.text().$type<'magic-link' | 'reset-password' | 'verify-email'>(),
    /** Lower case. */
    email: p.text().index(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
  },
});
