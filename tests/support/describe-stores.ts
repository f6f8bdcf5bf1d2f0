/** Runs a suite over both drivers: a folder, and S3 on a real server where there is one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeWithVersitygw, versitygwBinary } from '../../scripts/stack/test-tools.ts';
import { type S3Server, startVersitygw } from '../../scripts/stack/versitygw.ts';
import { createFolderStore, createS3Store, type ObjectStore } from '../../storage/index.ts';

/** @param suite gets a function that gives the store, once the tests run */
export function describeStores(name: string, suite: (store: () => ObjectStore) => void): void {
  let store: ObjectStore;

  describe(`${name} in a folder`, () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'hiviex-objects-'));
      store = createFolderStore({ folder, linkBase: 'http://hiviex.example/api/v1/objects?link=' });
    });
    afterAll(() => rm(folder, { recursive: true }));
    suite(() => store);
  });

  describeWithVersitygw(`${name} on S3`, () => {
    let server: S3Server;
    beforeAll(async () => {
      server = await startVersitygw(versitygwBinary());
      store = createS3Store(server);
    }, 60_000);
    afterAll(async () => {
      await store.close();
      await server.stop();
    });
    suite(() => store);
  });
}
