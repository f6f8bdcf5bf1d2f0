import { describe, expect, it } from '@jest/globals';
import { readAuditFilters } from './audit-filters.ts';

const read = (search: string) => readAuditFilters(new URLSearchParams(search));

describe('readAuditFilters', () => {
  it('reads days as whole days of the person: the last one is included', () => {
    const { from, to } = read('from=2026-01-31&to=2026-01-31');
    expect(new Date(from!).getTime()).toBe(new Date(2026, 0, 31).getTime());
    expect(new Date(to!).getTime()).toBe(new Date(2026, 1, 1).getTime());
  });

  it('leaves out what the API would refuse', () => {
    expect(read('from=yesterday&to=&outcome=perhaps&actor=')).toEqual({});
  });

  it('hands on who, what and how it went', () => {
    expect(read('actor=01A&action=key.create&outcome=refused')).toEqual({
      actor: '01A',
      action: 'key.create',
      outcome: 'refused',
    });
  });
});
