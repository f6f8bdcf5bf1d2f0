/**
 * The keys that payloads in Temporal are sealed with. The first seals; all of them open, so a key is changed by putting the new one
 * in front and taking the old one away when no history that it sealed is left.
 *
 * Given by HIVIEX_PAYLOAD_KEYS, or one is made and kept beside the data.
 */
import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { PayloadKeyGiven } from '../contracts/config.ts';
import { keyFromFile } from '../storage/index.ts';
import { PayloadError } from './payload-error.ts';

export interface PayloadKey {
  /** Stands in every payload that it sealed, readable. */
  id: string;
  /** An object and no bytes: Node would make one of them for every payload, which took longer than the sealing (16 µs became 4). */
  key: KeyObject;
  /** Makes addresses of large values that tell nothing of them (`large-values.ts`). */
  addressKey: Buffer;
}

export interface PayloadKeys {
  current: PayloadKey;
  /** @throws PayloadError `unknown-key` */
  find(id: string): PayloadKey;
}

export interface PayloadKeyOptions {
  /** HIVIEX_PAYLOAD_KEYS. */
  given: readonly PayloadKeyGiven[];
  /** Where a key may be made when none is given; undefined: nowhere. */
  folder?: string | undefined;
  /** Told once, when one is made. */
  onMade?(file: string): void;
}

/** @throws PayloadError `no-key` */
export function createPayloadKeys({ given, folder, onMade }: PayloadKeyOptions): PayloadKeys {
  const keys = given.map(({ id, key }) => named(id, Buffer.from(key, 'base64')));
  const own = keys.length > 0 ? keys : [madeIn(folder, onMade)];
  const byId = new Map(own.map((key) => [key.id, key]));
  return {
    current: own[0]!,
    find(id) {
      const key = byId.get(id);
      if (key) return key;
      throw new PayloadError(
        'unknown-key',
        `A payload was sealed by the key "${id}", which is not among those given: add it behind the first one in HIVIEX_PAYLOAD_KEYS.`,
      );
    },
  };
}

function madeIn(folder: string | undefined, onMade?: (file: string) => void): PayloadKey {
  if (folder === undefined)
    throw new PayloadError(
      'no-key',
      'HIVIEX_PAYLOAD_KEYS is not set. Make a key, as in "k1:$(openssl rand -base64 32)", and give it to every API and worker process.',
    );
  const file = join(folder, 'payload.key');
  const key = keyFromFile(file, () => onMade?.(file));
  return named(createHash('sha256').update(key).digest('hex').slice(0, 8), key);
}

function named(id: string, key: Buffer): PayloadKey {
  const addressKey = createHmac('sha256', key).update('hiviex payload address').digest();
  return { id, key: createSecretKey(key), addressKey };
}
