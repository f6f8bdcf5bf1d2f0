import { defineEntity, p } from '@mikro-orm/core';

export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.text().primary(),
    /** Lower case. */
    email: p.text().unique(),
    name: p.text(),
    /** Argon2id, with its parameters in the text. */
    passwordHash: p.text(),
    createdAt: p.datetime(3),
  },
});
