import { Client, Connection } from '@temporalio/client';
import { readConfig } from '../../contracts/config.ts';
import { openDataConverter } from '../../payloads/index.ts';
import { openObjectStore } from '../../storage/index.ts';

/**
 * A client that reads what a running Hiviex seals, to be closed by whoever asks.
 *
 * @param environment of that Hiviex: its data folder, its keys, its object store
 */
export async function temporalClient(address: string, environment: Record<string, string>): Promise<Client> {
  const config = readConfig(environment);
  const { store } = openObjectStore(config);
  const { dataConverter } = openDataConverter({ config, store, mayMakeKey: true, log: { warn: () => {} } });
  return new Client({ connection: await Connection.connect({ address }), dataConverter });
}
