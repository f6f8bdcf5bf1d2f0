import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { actionNames } from './actions.ts';
import { describeRoles } from './describe-roles.ts';

describe('the page about roles', () => {
  it('is what the policy says (npm run docs:roles writes it)', () => {
    expect(readFileSync(join(import.meta.dirname, '../../docs/roles.md'), 'utf8')).toBe(describeRoles());
  });

  it('has a row of the same width for every action', () => {
    const rows = describeRoles()
      .split('\n')
      .filter((line) => line.startsWith('| `') && line.includes('.'))
      .filter((line) => actionNames.some((action) => line.startsWith(`| \`${action}\` |`)));
    expect(rows).toHaveLength(actionNames.length);
    for (const row of rows) expect(row.split('|')).toHaveLength(11);
  });
});
