/**
 * Where downloaded and built tools are kept, outside the checkout so that every clone shares them:
 * `$XDG_CACHE_HOME/hiviex`, by default `~/.cache/hiviex`.
 */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export function cacheFolder(): string {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'hiviex');
  mkdirSync(folder, { recursive: true });
  return folder;
}
