/**
 * What stands between this product and everything that Temporal stores: payloads are sealed (`sealed-payload.ts`), and large ones
 * kept outside the history (`large-values.ts`). Payloads that are not sealed, of runs from before, pass through as they are; so do
 * those that hold nothing. Ids, types and search attributes are no payloads and stay readable.
 */
import type { Payload, PayloadCodec } from '@temporalio/common';
import type { ObjectStore } from '../storage/index.ts';
import { fetchValue, storedEncoding, storeValue } from './large-values.ts';
import { type Owner, ownerOf } from './owner-of.ts';
import type { PayloadKeys } from './payload-keys.ts';
import { metadataOf, openPayload, plainBytes, sealedEncoding, sealPayload } from './sealed-payload.ts';

/** Bytes as they would stand in the history. Below, a round trip to the store costs more than the history does. */
export const defaultLargeFrom = 64 * 1024;

export interface PayloadCodecOptions {
  keys: PayloadKeys;
  /** Left out: large values stay in the history. */
  store?: ObjectStore | undefined;
  /** Bytes from which on a value is large. */
  largeFrom?: number | undefined;
}

export function createPayloadCodec({
  keys,
  store,
  largeFrom = defaultLargeFrom,
}: PayloadCodecOptions): PayloadCodec {
  const encode = async (payload: Payload, { workspace, prefix }: Owner): Promise<Payload> => {
    if (metadataOf(payload, 'encoding') === 'binary/null') return payload;
    const plain = plainBytes(payload);
    const sealed = await sealPayload(plain, keys.current, workspace);
    const isLarge = (sealed.data?.length ?? 0) >= largeFrom;
    if (!isLarge || !store || prefix === undefined) return sealed;
    return storeValue(store, { plain, sealed }, keys.current, { workspace, prefix });
  };
  const decode = async (payload: Payload): Promise<Payload> => {
    const encoding = metadataOf(payload, 'encoding');
    if (encoding === sealedEncoding) return openPayload(payload, keys);
    if (encoding !== storedEncoding || !store) return payload;
    return openPayload(await fetchValue(store, payload), keys);
  };
  return {
    encode: (payloads, context) => {
      const owner = ownerOf(context);
      return Promise.all(payloads.map((payload) => encode(payload, owner)));
    },
    decode: (payloads) => Promise.all(payloads.map(decode)),
  };
}

/** The workspace that a payload says it is of; undefined for a plain one. Opening proves it. */
export function workspaceOfPayload(payload: Payload): string | undefined {
  const encoding = metadataOf(payload, 'encoding');
  const ours = encoding === sealedEncoding || encoding === storedEncoding;
  return ours ? metadataOf(payload, 'hiviex-workspace') : undefined;
}
