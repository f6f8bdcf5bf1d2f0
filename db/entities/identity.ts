import { defineEntity, p } from '@mikro-orm/core';
import { User } from './user.ts';

/** A person's account at an OIDC provider. */
export const Identity = defineEntity({
  name: 'Identity',
  tableName: 'identities',
  primaryKeys: ['provider', 'subject'],
  properties: {
    provider: p.text().primary(),
    /** The provider's id of the person (`sub`). */
    subject: p.text().primary(),
    user: () => p.manyToOne(User).mapToPk().fieldName('user').deleteRule('cascade').index(),
    createdAt: p.datetime(3),
  },
});
