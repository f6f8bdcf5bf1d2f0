import { join } from 'node:path';
import type { Config } from '../contracts/config.ts';
import { createFolderStore, type FolderStore } from './folder/folder-store.ts';
import { createS3Store, type S3Store } from './s3/s3-store.ts';

/** Only the folder's links are ours to serve. */
export type OpenedStore = { kind: 'folder'; store: FolderStore } | { kind: 's3'; store: S3Store };

export type StoreConfig = Pick<Config, 'HIVIEX_DATA_DIR' | 'PUBLIC_URL' | 'PORT' | S3Variable>;
type S3Variable = Extract<keyof Config, `S3_${string}`>;

/** The bucket that the environment names, or a folder under the data folder. */
export function openObjectStore(config: StoreConfig): OpenedStore {
  if (config.S3_BUCKET === undefined) {
    const publicUrl = (config.PUBLIC_URL ?? `http://localhost:${config.PORT ?? 3000}`).replace(/\/+$/, '');
    const folder = join(config.HIVIEX_DATA_DIR, 'objects');
    return {
      kind: 'folder',
      store: createFolderStore({ folder, linkBase: `${publicUrl}/api/v1/objects?link=` }),
    };
  }
  const store = createS3Store({
    endpoint: config.S3_ENDPOINT,
    publicEndpoint: config.S3_PUBLIC_ENDPOINT,
    region: config.S3_REGION,
    bucket: config.S3_BUCKET,
    accessKeyId: config.S3_ACCESS_KEY_ID,
    secretAccessKey: config.S3_SECRET_ACCESS_KEY,
  });
  return { kind: 's3', store };
}
