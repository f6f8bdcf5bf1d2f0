import { describe, expect, it } from '@jest/globals';
import { mayAssign } from './may-assign.ts';
import { assignableRole, roles } from './roles.ts';

describe('mayAssign', () => {
  it('lets everybody give their own role and those below', () => {
    const given = Object.fromEntries(
      roles.map((by) => [by, assignableRole.options.filter((role) => mayAssign(by, role))]),
    );
    expect(given).toEqual({
      owner: ['admin', 'builder', 'operator', 'member', 'viewer'],
      admin: ['admin', 'builder', 'operator', 'member', 'viewer'],
      builder: ['builder', 'operator', 'member', 'viewer'],
      operator: ['operator', 'member', 'viewer'],
      member: ['member', 'viewer'],
      viewer: ['viewer'],
    });
  });
});
