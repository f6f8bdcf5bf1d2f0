/**
 * `npm run vault:rotate`: moves the data keys of all workspaces from HIVIEX_MASTER_KEY_PREVIOUS to HIVIEX_MASTER_KEY; with `--data`
 * also makes new data keys and seals every secret again. The product may run meanwhile, on Postgres; the embedded database belongs
 * to one process, so there Hiviex has to be stopped. Interrupted, it is simply started again (docs/credentials.md).
 */
import { pino } from 'pino';
import { readConfig } from '../contracts/config.ts';
import { masterKeysOf, openDriver } from '../db/database.ts';
import { createVault, renewDataKeys, rewrapDataKeys } from '../db/vault/index.ts';
import { say } from './stack/say.ts';

const config = readConfig(process.env);
const options = {
  url: config.DATABASE_URL,
  dataDir: config.HIVIEX_DATA_DIR,
  pool: 2,
  masterKey: config.HIVIEX_MASTER_KEY,
  previousMasterKey: config.HIVIEX_MASTER_KEY_PREVIOUS,
  log: pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true })),
};
const masterKeys = masterKeysOf(options);
const driver = await openDriver(options);
try {
  const { systemSql: system, workspaceSql } = driver;
  const vault = createVault({ masterKeys, system, workspaceSql });
  const rotation = { masterKeys, system, workspaceSql, vault };
  say(`Data keys moved to master key ${masterKeys.current().fingerprint}: ${await rewrapDataKeys(rotation)}`);
  if (process.argv.includes('--data')) {
    const { sealed, broken } = await renewDataKeys(rotation);
    say(`Secrets sealed with new data keys: ${sealed}`);
    for (const place of broken) say(`Does not open, left as it is: ${place}`);
    if (broken.length > 0) process.exitCode = 1;
  }
} finally {
  await driver.close();
}
