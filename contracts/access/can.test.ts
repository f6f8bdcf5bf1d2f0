import { describe, expect, it } from '@jest/globals';
import { actionNames, actions, scopes } from './actions.ts';
import { actionsOf, can, grantMatters } from './can.ts';
import { type grantLevels, roles } from './roles.ts';

describe('can', () => {
  it('goes by the role', () => {
    expect(can({ role: 'builder' }, 'automation.edit')).toBe(true);
    expect(can({ role: 'operator' }, 'automation.edit')).toBe(false);
    expect(can({ role: 'operator' }, 'automation.run')).toBe(true);
    expect(can({ role: 'admin' }, 'workspace.delete')).toBe(false);
  });

  it('lets a grant add to a role, as far as its level reaches and on its own type only', () => {
    const shared = (level: (typeof grantLevels)[number]) => ({ type: 'automation' as const, level });
    expect(can({ role: 'member' }, 'automation.edit', shared('use'))).toBe(false);
    expect(can({ role: 'member' }, 'automation.edit', shared('edit'))).toBe(true);
    expect(can({ role: 'member' }, 'automation.edit', shared('manage'))).toBe(true);
    expect(can({ role: 'member' }, 'automation.edit', { type: 'credential', level: 'manage' })).toBe(false);
    expect(can({ role: 'member' }, 'workspace.edit', shared('manage'))).toBe(false);
  });

  it('lets scopes take away and never add', () => {
    expect(can({ role: 'owner', scopes: ['runs:read'] }, 'automation.edit')).toBe(false);
    expect(can({ role: 'owner', scopes: [] }, 'workspace.view')).toBe(false);
    expect(can({ role: 'viewer', scopes: [...scopes] }, 'automation.edit')).toBe(false);
    expect(
      can({ role: 'member', scopes: ['runs:read'] }, 'automation.edit', {
        type: 'automation',
        level: 'manage',
      }),
    ).toBe(false);
  });

  it('keeps people and keys out of what changes the workspace alone', () => {
    const able = (scope: (typeof scopes)[number]) => actionsOf({ role: 'owner', scopes: [scope] });
    expect(able('workspace:write')).toEqual(['workspace.edit', 'workspace.delete']);
    expect(able('members:write')).toEqual(['workspace.transfer', 'member.manage', 'group.manage']);
    expect(able('keys:write')).toEqual(['key.manage']);
  });

  it('says when a grant is worth looking for', () => {
    expect(grantMatters({ role: 'member' }, 'automation.view')).toBe(true);
    expect(grantMatters({ role: 'builder' }, 'automation.view')).toBe(false);
    expect(grantMatters({ role: 'member' }, 'member.manage')).toBe(false);
    expect(grantMatters({ role: 'member', scopes: ['runs:read'] }, 'automation.view')).toBe(false);
  });

  it('gives the owner everything, and nobody more than the owner', () => {
    expect(actionsOf({ role: 'owner' })).toEqual(actionNames);
    for (const role of roles) expect(actionsOf({ role, scopes: [...scopes] })).toEqual(actionsOf({ role }));
  });

  it('needs every scope it offers', () => {
    const used = new Set(Object.values(actions).map(({ scope }) => scope));
    expect([...used].sort()).toEqual([...scopes].sort());
  });
});
