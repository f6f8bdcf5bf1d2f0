import { fileURLToPath } from 'node:url';
import type { DataConverter, PayloadCodec } from '@temporalio/common';
import type { Config } from '../contracts/config.ts';
import type { ObjectStore } from '../storage/index.ts';
import { createPayloadCodec } from './payload-codec.ts';
import { createPayloadKeys } from './payload-keys.ts';

/** For the workflow bundle, which has to convert failures in the same way. */
export const failureConverterPath: string = fileURLToPath(
  new URL('./failure-converter.cjs', import.meta.url),
);

export interface OpenedConverter {
  dataConverter: DataConverter;
  codec: PayloadCodec;
}

interface OpenOptions {
  config: Pick<Config, 'HIVIEX_PAYLOAD_KEYS' | 'HIVIEX_DATA_DIR'>;
  store: ObjectStore;
  /** Whether a key may be made in the data folder; not where other processes need the same. */
  mayMakeKey: boolean;
  log: { warn(facts: object, message: string): void };
}

/**
 * The data converter that every client and worker of the product uses.
 * @throws PayloadError `no-key`
 */
export function openDataConverter({ config, store, mayMakeKey, log }: OpenOptions): OpenedConverter {
  const keys = createPayloadKeys({
    given: config.HIVIEX_PAYLOAD_KEYS,
    folder: mayMakeKey ? config.HIVIEX_DATA_DIR : undefined,
    onMade: (file) =>
      log.warn(
        { file },
        'A key for payloads was made. Keep a copy: without it no run that is under way goes on',
      ),
  });
  const codec = createPayloadCodec({ keys, store });
  return { codec, dataConverter: { payloadCodecs: [codec], failureConverterPath } };
}
