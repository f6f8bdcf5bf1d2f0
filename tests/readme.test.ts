import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const read = (path: string) => readFileSync(join(import.meta.dirname, '..', path), 'utf8');

describe('README.md', () => {
  it('explains every environment variable there is, and no other', () => {
    const declared = [...read('contracts/config.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(
      ([, name]) => name,
    );
    const rows = read('README.md').matchAll(/^\| (`[A-Z].*?) \|/gm);
    const explained = [...rows].flatMap(([, names]) => names?.match(/[A-Z][A-Z0-9_]+/g) ?? []);
    expect(declared.length).toBeGreaterThan(30);
    expect(explained.sort()).toEqual(declared.sort());
  });
});
