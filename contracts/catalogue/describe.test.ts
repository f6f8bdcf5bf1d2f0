import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { describeCatalogue } from './describe.ts';
import { catalogue } from './index.ts';

const folder = join(import.meta.dirname, '../../docs/nodes');
const page = join(folder, 'index.md');
const hasPage = (type: string) => existsSync(join(folder, `${type}.md`));

describe('the page about the nodes', () => {
  it('is what the catalogue says (UPDATE_DOCS=1 writes it)', () => {
    const text = describeCatalogue(catalogue, hasPage);
    if (process.env.UPDATE_DOCS) writeFileSync(page, text);
    expect(readFileSync(page, 'utf8')).toBe(text);
  });

  it('has every node type, with a row for each parameter of each list', () => {
    const text = describeCatalogue(catalogue, () => false);
    for (const { type } of catalogue) expect(text).toContain(`\`${type}\` · `);
    expect(text).toContain('| `cases[].conditions[].operator` |');
    expect(text).toMatch(/\| `url` \| URL \| text \*ƒ\* \| \*\*required\*\* \|/);
  });

  it('keeps what would break a table out of its cells', () => {
    const rows = describeCatalogue(catalogue, () => true)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(7);
  });
});
