import { defineEntity, p } from '@mikro-orm/core';

export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.text().primary(),
    /** Lower case. */
    email: p.text().unique(),
    emailVerifiedAt: p.datetime(3).nullable(),
    name: p.text(),
    /** Argon2id, with its parameters in the text. Null: this person signs in by mail or by a provider. */
    passwordHash: p.text().nullable(),
    /** Sealed (see `vault/`). Null: no second factor was begun. */
    totpSecret: p.text().nullable(),
    /** When the first code was right; the second factor is asked for from then on. */
    totpConfirmedAt: p.datetime(3).nullable(),
    /** Time step of the last code that was taken: a code works once. */
    totpLastStep: p.integer().nullable(),
    /** Wrong passwords and codes in a row, for the back-off. */
    failedSignIns: p.integer().default(0),
    lockedUntil: p.datetime(3).nullable(),
    disabledAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3),
  },
});
