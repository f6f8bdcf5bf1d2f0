import { defineEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';

/** Gets somebody in who has lost their second factor; each works once. */
export const RecoveryCode = defineEntity({
  name: 'RecoveryCode',
  tableName: 'recovery_codes',
  primaryKeys: ['user', 'codeHash'],
  properties: {
    user: () => p.manyToOne(User).mapToPk().primary().fieldName('user').deleteRule('cascade'),
    /** sha-256 of the code, hex: codes are random. */
    codeHash: p.text().primary(),
    usedAt: p.datetime(3).nullable(),
  },
});
