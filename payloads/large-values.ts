/**
 * Values that are too large for a history are kept in the object store, sealed as they would be in the history; what travels is
 * their address. The address follows from the content, so a value that is encoded again (in a replay, or handed on by the next step)
 * is stored once; by a keyed hash, so it tells nothing of the content. They go with their run (`deleteRunObjects`), or when the workflow
 * that is no run has ended (`collectLeftValues`), which goes by their age: one that is needed anew is put again.
 */
import { createHmac } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { ObjectStore } from '../storage/index.ts';
import { workspacePrefix } from '../storage/index.ts';
import type { Owner } from './owner-of.ts';
import { PayloadError } from './payload-error.ts';
import type { PayloadKey } from './payload-keys.ts';
import { metadataOf } from './sealed-payload.ts';

const { Payload: PayloadProto } = proto.temporal.api.common.v1;

/** A value that was put longer ago is put again when it is needed anew. */
const freshMs = 3_600_000;

export const storedEncoding = 'hiviex/stored';
const label = (value: string) => new TextEncoder().encode(value);

/** @returns the reference that stands for the value. @throws StorageError `unavailable` */
export async function storeValue(
  store: ObjectStore,
  { plain, sealed }: { plain: Uint8Array; sealed: Payload },
  key: PayloadKey,
  { workspace, prefix }: Owner & { prefix: string },
): Promise<Payload> {
  const address = prefix + createHmac('sha256', key.addressKey).update(plain).digest('hex');
  const before = await store.head(address);
  if (!before || before.putAt < Date.now() - freshMs)
    await store.put(address, PayloadProto.encode(sealed).finish());
  return {
    metadata: {
      encoding: label(storedEncoding),
      'encryption-key-id': label(key.id),
      'hiviex-workspace': label(workspace),
      'hiviex-object': label(address),
      'hiviex-bytes': label(String(plain.length)),
    },
    data: new Uint8Array(),
  };
}

/** @returns the sealed payload. @throws StorageError `not-found` after its run was deleted, `unavailable`; PayloadError `not-authentic` */
export async function fetchValue(store: ObjectStore, reference: Payload): Promise<Payload> {
  const workspace = metadataOf(reference, 'hiviex-workspace');
  const address = metadataOf(reference, 'hiviex-object');
  const foreign = () =>
    new PayloadError('not-authentic', 'A large value is not of the workspace it is named for.');
  if (!address.startsWith(workspacePrefix(workspace))) throw foreign();
  const sealed = PayloadProto.decode(await buffer(await store.get(address)));
  if (metadataOf(sealed, 'hiviex-workspace') !== workspace) throw foreign();
  return sealed;
}
