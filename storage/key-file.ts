import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const keyBytes = 32;

/**
 * The 32 bytes that are kept in this file, in base64; made when there is none. Two processes that start at once get the same: only
 * one of them makes the file.
 * @throws Error when the file holds something else
 */
export function keyFromFile(file: string, onMade: () => void = () => undefined): Buffer {
  mkdirSync(dirname(file), { recursive: true });
  try {
    const key = randomBytes(keyBytes);
    writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    onMade();
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== keyBytes) throw new Error(`${file} has to hold ${keyBytes} bytes in base64.`);
  return key;
}
