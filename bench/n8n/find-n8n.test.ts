import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findN8n } from './find-n8n.ts';

describe('findN8n', () => {
  const path = process.env.PATH;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hiviex-find-n8n-'));
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true, force: true });
  });

  function install(program: string): string {
    const file = join(folder, program);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
    return file;
  }

  it.each(['n8n', 'bin/n8n', 'node_modules/.bin/n8n'])(
    'finds %s in the folder it was installed into',
    (place) => {
      const program = install(place);
      expect(findN8n(folder)).toBe(program);
      expect(findN8n(program)).toBe(program);
    },
  );

  it('finds it on PATH only when nothing is given', () => {
    const program = install('n8n');
    process.env.PATH = ['/nowhere', folder].join(delimiter);
    expect(findN8n()).toBe(program);
    expect(findN8n('/nowhere')).toBeUndefined();
  });

  it('finds nothing where nothing is', () => {
    process.env.PATH = folder;
    expect(findN8n()).toBeUndefined();
    expect(findN8n(folder)).toBeUndefined();
  });
});
