import { defineEntity, p } from '@mikro-orm/core';
import type { AssignableRole } from '../../contracts/access/roles.ts';
import { Workspace } from './workspace.ts';

/** A way into a workspace, by mail or by link: single use, expires. */
export const Invitation = defineEntity({
  name: 'Invitation',
  tableName: 'invitations',
  properties: {
    id: p.text().primary(),
    workspace: () => p.manyToOne(Workspace).mapToPk().fieldName('workspace').deleteRule('cascade').index(),
    /** Lower case; only this address may use it. Null: whoever has the link. */
    email: p.text().nullable(),
    role: p.text().$type<AssignableRole>(),
    /** sha-256 of the link's token, hex. */
    tokenHash: p.text().unique(),
    createdBy: p.text(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    usedAt: p.datetime(3).nullable(),
    usedBy: p.text().nullable(),
  },
});
