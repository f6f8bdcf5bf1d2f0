/**
 * Keeps secrets unreadable in the database (envelope encryption). A data key per workspace seals its secrets; the instance's master
 * key, which is not in the database, wraps the data keys. What belongs to no workspace is sealed by keys of the instance.
 *
 *   const seals = vault.ofWorkspace(workspace);
 *   const sealed = await seals.seal('s3cret', { purpose: 'credential', id });
 *   await seals.open(sealed, { purpose: 'credential', id });   // 's3cret'; anywhere else: VaultError
 *
 * Keys are remembered for a minute, so reading a secret costs no query, and a rotation reaches every process by then.
 */
import { randomBytes } from 'node:crypto';
import type { Sql } from '../sql.ts';
import { type DataKeyStore, instanceKeyStore, type WrappedKey, workspaceKeyStore } from './data-keys.ts';
import type { MasterKeys } from './master-keys.ts';
import { keyVersionOf, openText, sealText } from './sealed-text.ts';
import { VaultError } from './vault-error.ts';

/** Where a sealed text stands. It opens nowhere else. */
export interface SealContext {
  purpose: string;
  id: string;
}

export interface Seals {
  /** @throws VaultError `no-master-key`, `unknown-master-key` */
  seal(plaintext: string, context: SealContext): Promise<string>;
  /** @throws VaultError `not-authentic` too */
  open(sealed: string, context: SealContext): Promise<string>;
}

export interface Vault {
  ofWorkspace(workspace: string): Seals;
  /** For what belongs to no workspace, e.g. a user's second factor. */
  ofInstance: Seals;
}

/** The instance as an owner of keys; no workspace has this id. */
export const instanceOwner = '';

/** Milliseconds that keys stay in memory, and how many owners' keys at most. */
const rememberMs = 60_000;
const mostOwners = 10_000;

interface Keys {
  byVersion: ReadonlyMap<number, Buffer>;
  newest: number;
  until: number;
}

export interface VaultOptions {
  masterKeys: MasterKeys;
  system: Sql;
  workspaceSql(workspace: string): Sql;
}

export function createVault({ masterKeys, system, workspaceSql }: VaultOptions): Vault {
  const remembered = new Map<string, Keys>();

  const load = async (owner: string, store: DataKeyStore): Promise<Keys> => {
    const wrapped = await store.list();
    const byVersion = new Map(wrapped.map((key) => [key.version, unwrap(masterKeys, owner, key)]));
    const keys = { byVersion, newest: wrapped.at(-1)?.version ?? 0, until: performance.now() + rememberMs };
    if (remembered.size >= mostOwners) remembered.clear();
    if (keys.newest > 0) remembered.set(owner, keys);
    return keys;
  };

  const known = async (owner: string, store: DataKeyStore): Promise<Keys> => {
    const keys = remembered.get(owner);
    return keys && keys.until > performance.now() ? keys : load(owner, store);
  };

  const sealsOf = (owner: string, store: DataKeyStore): Seals => ({
    async seal(plaintext, { purpose, id }) {
      let keys = await known(owner, store);
      if (keys.newest === 0) {
        // Who comes second finds the key of who came first.
        await store.add(newDataKey(masterKeys, owner, 1));
        keys = await load(owner, store);
      }
      return sealText(keyOf(keys, keys.newest), keys.newest, plaintext, [owner, purpose, id]);
    },
    async open(sealed, { purpose, id }) {
      const version = keyVersionOf(sealed);
      let keys = await known(owner, store);
      // Sealed by a key that was made since.
      if (!keys.byVersion.has(version)) keys = await load(owner, store);
      return openText(keyOf(keys, version), sealed, [owner, purpose, id]);
    },
  });

  return {
    ofWorkspace: (workspace) => sealsOf(workspace, workspaceKeyStore(workspaceSql(workspace), workspace)),
    ofInstance: sealsOf(instanceOwner, instanceKeyStore(system)),
  };
}

export function newDataKey(masterKeys: MasterKeys, owner: string, version: number): WrappedKey {
  return wrap(masterKeys, owner, version, randomBytes(32));
}

export function wrap(masterKeys: MasterKeys, owner: string, version: number, dataKey: Buffer): WrappedKey {
  const { key, fingerprint } = masterKeys.current();
  return {
    version,
    wrapped: sealText(key, version, dataKey.toString('base64url'), [owner, 'data-key']),
    masterKey: fingerprint,
  };
}

/** @throws VaultError `unknown-master-key`, `not-authentic` */
export function unwrap(masterKeys: MasterKeys, owner: string, { wrapped, masterKey }: WrappedKey): Buffer {
  return Buffer.from(openText(masterKeys.find(masterKey).key, wrapped, [owner, 'data-key']), 'base64url');
}

function keyOf({ byVersion }: Keys, version: number): Buffer {
  const key = byVersion.get(version);
  if (!key) throw new VaultError('not-authentic', `There is no data key of version ${version} here.`);
  return key;
}
