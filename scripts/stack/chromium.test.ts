import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it } from '@jest/globals';
import { findChromium } from './chromium.ts';

it('takes the Chromium on PATH without a word', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hiviex-chromium-'));
  const program = join(folder, 'chromium');
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  const path = process.env.PATH;
  process.env.PATH = [folder, path].join(delimiter);
  const lines: string[] = [];
  try {
    expect(await findChromium({ say: (line) => lines.push(line) })).toEqual({ executablePath: program });
  } finally {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  }
  expect(lines).toEqual([]);
});
