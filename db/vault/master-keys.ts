/**
 * The instance's master key: 32 bytes that wrap the data keys of all workspaces and are never in the database. From
 * HIVIEX_MASTER_KEY; an embedded instance without it makes one and keeps it beside its data.
 *
 * Nothing is read or made before a secret is first used: an instance on Postgres without a key works until then, and says then
 * what is missing.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { VaultError } from './vault-error.ts';

const keyBytes = 32;
const fileName = 'master.key';

export interface MasterKey {
  /** Names the key without telling it. */
  fingerprint: string;
  key: Buffer;
}

export interface MasterKeys {
  /** Wraps what is new. @throws VaultError `no-master-key` */
  current(): MasterKey;
  /** @throws VaultError `unknown-master-key`, `no-master-key` */
  find(fingerprint: string): MasterKey;
}

export interface MasterKeyOptions {
  /** HIVIEX_MASTER_KEY: 32 bytes, base64. */
  current?: string | undefined;
  /** HIVIEX_MASTER_KEY_PREVIOUS, while data keys move from it to the current one. */
  previous?: string | undefined;
  /** Folder where a key may be made; `memory://` keeps it with the process; undefined: none is made. */
  folder: string | undefined;
  log: Log;
}

/** @throws Error naming the variable that is not a key */
export function createMasterKeys({ current, previous, folder, log }: MasterKeyOptions): MasterKeys {
  const given = current === undefined ? undefined : toMasterKey('HIVIEX_MASTER_KEY', current);
  const former = previous === undefined ? [] : [toMasterKey('HIVIEX_MASTER_KEY_PREVIOUS', previous)];
  let made: MasterKey | undefined;
  const own = (): MasterKey => {
    if (given) return given;
    if (folder === undefined) throw noMasterKey();
    made ??= folder.startsWith('memory:') ? named(randomBytes(keyBytes)) : keyInFolder(folder, log);
    return made;
  };
  return {
    current: own,
    find(fingerprint) {
      const found = [own(), ...former].find((key) => key.fingerprint === fingerprint);
      if (!found) throw unknownMasterKey(fingerprint, own().fingerprint);
      return found;
    },
  };
}

function toMasterKey(variable: string, base64: string): MasterKey {
  const key = Buffer.from(base64, 'base64');
  if (key.length === keyBytes) return named(key);
  throw new Error(
    `${variable} has to be ${keyBytes} bytes in base64, as "openssl rand -base64 32" gives them.`,
  );
}

function named(key: Buffer): MasterKey {
  return {
    key,
    fingerprint: createHmac('sha256', key).update('hiviex master key').digest('hex').slice(0, 16),
  };
}

/** Two processes that start at once get the same key: only one of them makes the file. */
function keyInFolder(folder: string, log: Log): MasterKey {
  const file = join(folder, fileName);
  mkdirSync(folder, { recursive: true });
  try {
    const key = randomBytes(keyBytes);
    writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    log.warn(
      { file },
      'A master key was made. Keep a copy elsewhere: without it no stored secret can be read',
    );
    return named(key);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return toMasterKey(file, readFileSync(file, 'utf8').trim());
  }
}

function noMasterKey(): VaultError {
  return new VaultError(
    'no-master-key',
    'HIVIEX_MASTER_KEY is not set. Make a key with "openssl rand -base64 32" and give it to every API and worker process.',
  );
}

function unknownMasterKey(wanted: string, have: string): VaultError {
  return new VaultError(
    'unknown-master-key',
    `A data key was sealed by master key ${wanted}, but HIVIEX_MASTER_KEY is ${have}. Set the former one as HIVIEX_MASTER_KEY_PREVIOUS.`,
  );
}
