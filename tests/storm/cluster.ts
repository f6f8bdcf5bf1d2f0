/**
 * Hiviex as operators run it, every part a process of its own: Postgres, Temporal on a file, an S3 server, one API, two workers. Every
 * part keeps its address, so that the others find it again after it was killed.
 *
 * The links of API and workers to Postgres, Temporal and S3 may be led elsewhere (a proxy that cuts and slows them).
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { freePort } from '../../scripts/stack/free-port.ts';
import { type PostgresServer, startPostgres } from '../../scripts/stack/postgres-server.ts';
import { startTemporal } from '../../scripts/stack/temporal-server.ts';
import { temporalBinary, versitygwBinary } from '../../scripts/stack/test-tools.ts';
import { type S3Server, startVersitygw } from '../../scripts/stack/versitygw.ts';
import { apiKey } from '../support/hiviex.ts';
import { HiviexApi } from '../support/hiviex-api.ts';
import { serverProcess, workerProcess } from '../support/server-process.ts';
import { temporalClient } from '../support/temporal-client.ts';
import type { Person } from './decider.ts';
import { Member, type Running } from './member.ts';

const owner: Person = { email: 'owner@example.com', password: 'a password of the storm' };

export interface Links {
  /** host:port to host:port. */
  postgres(address: string): Promise<string>;
  temporal(address: string): Promise<string>;
  s3(address: string): Promise<string>;
}

export interface Cluster {
  api: HiviexApi;
  owner: Person;
  members: readonly Member[];
  /** A client on the straight way, to be closed by whoever asks. */
  temporal(): Promise<Client>;
  stop(): Promise<void>;
}

const straightOn = async (address: string) => address;
const straight: Links = { postgres: straightOn, temporal: straightOn, s3: straightOn };

/** @throws with the words of the part that does not come up */
export async function startCluster(links: Links = straight): Promise<Cluster> {
  const home = mkdtempSync(join(tmpdir(), 'hiviex-storm-'));
  const members: Member[] = [];
  const closing: (() => Promise<void>)[] = [];
  const say = () => {};
  const begin = async (member: Member) => {
    members.push(member);
    await member.start();
  };
  const stop = async () => {
    for (const member of members.toReversed()) await member.stop();
    for (const close of closing) await close();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    let postgres: PostgresServer | undefined;
    await begin(
      new Member('postgres', async () => {
        if (postgres) return await postgres.restart();
        const started = await startPostgres({ say, survivesKill: true });
        if ('skipped' in started) throw new Error(started.skipped);
        postgres = started;
        return postgres;
      }),
    );
    const ports = { grpc: await steadyPort(), ui: await steadyPort() };
    await begin(
      new Member('temporal', () => startTemporal({ binary: temporalBinary(), dataDir: home, ports, say })),
    );
    const url = new URL(postgres!.url);
    url.host = await links.postgres(url.host);
    const temporalAddress = `127.0.0.1:${ports.grpc}`;
    const port = await steadyPort();
    const s3 = await startVersitygw(versitygwBinary());
    closing.push(() => s3.stop());
    const straightS3 = s3Environment(s3, s3.endpoint);
    const s3Address = await links.s3(new URL(s3.endpoint).host);
    const environment = {
      ...pick(process.env, ['PATH', 'HOME', 'TMPDIR']),
      HIVIEX_DATA_DIR: join(home, 'data'),
      DATABASE_URL: url.href,
      TEMPORAL_ADDRESS: await links.temporal(temporalAddress),
      HIVIEX_MASTER_KEY: randomBytes(32).toString('base64'),
      HIVIEX_PAYLOAD_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      HIVIEX_API_KEY: apiKey,
      HIVIEX_OWNER_EMAIL: owner.email,
      HIVIEX_OWNER_PASSWORD: owner.password,
      ...s3Environment(s3, `http://${s3Address}`),
      HIVIEX_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
      HIVIEX_RATE_LIMITS: 'off',
      LOG_LEVEL: 'info',
      PORT: String(port),
    };
    const base = `http://127.0.0.1:${port}`;
    const isUp = async ({ output }: Running) => output().includes('API is serving');
    await begin(new Member('api', () => serverProcess({ entry: 'api/main.ts', env: environment, isUp })));
    for (const name of ['worker 1', 'worker 2'])
      await begin(new Member(name, () => workerProcess(environment)));
    return {
      api: new HiviexApi(base, apiKey),
      owner,
      members,
      temporal: () => temporalClient(temporalAddress, { ...environment, ...straightS3 }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function s3Environment(
  { bucket, region, accessKeyId, secretAccessKey }: S3Server,
  endpoint: string,
): Record<string, string> {
  return {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_REGION: region,
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
  };
}

/** Below the range that systems give to outgoing connections: nobody takes it while its owner is dead. */
function steadyPort(): Promise<number> {
  return freePort(15_000 + Math.floor(Math.random() * 15_000));
}

function pick(from: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (from[name] ? [[name, from[name]]] : [])));
}
