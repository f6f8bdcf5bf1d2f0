/**
 * What a test needs from outside, as `npm test` hands it over (scripts/test-run.ts). A test whose tool is not to be had
 * is skipped and listed at the end of the run; run by hand without `npm test`, the tool is looked for on PATH.
 */
import { describe } from '@jest/globals';
import { findExecutable } from './find-executable.ts';

const binary = process.env.HIVIEX_TEST_TEMPORAL_BINARY || findExecutable(['temporal']);
const versitygw = process.env.HIVIEX_TEST_VERSITYGW || findExecutable(['versitygw']);
const postgres = process.env.HIVIEX_TEST_POSTGRES_URL;
const toxiproxy = process.env.HIVIEX_TEST_TOXIPROXY || findExecutable(['toxiproxy-server']);
const imapServer = process.env.HIVIEX_TEST_IMAP_SERVER || findExecutable(['imapmemserver']);

/** Path of the Temporal CLI; only inside describeWithTemporal. */
export function temporalBinary(): string {
  if (!binary) throw new Error('Use temporalBinary() inside describeWithTemporal only.');
  return binary;
}

/** Path of versitygw; only inside describeWithVersitygw. */
export function versitygwBinary(): string {
  if (!versitygw) throw new Error('Use versitygwBinary() inside describeWithVersitygw only.');
  return versitygw;
}

/** URL of a Postgres superuser with pgvector at hand; only inside describeWithPostgres. */
export function postgresUrl(): string {
  if (!postgres) throw new Error('Use postgresUrl() inside describeWithPostgres only.');
  return postgres;
}

/** Path of the toxiproxy server; only inside describeWithProxy or describeWithProxiedCluster. */
export function toxiproxyBinary(): string {
  if (!toxiproxy)
    throw new Error('Use toxiproxyBinary() inside describeWithProxy or describeWithProxiedCluster only.');
  return toxiproxy;
}

/** Path of the IMAP server; only inside describeWithMailbox. */
export function imapServerBinary(): string {
  if (!imapServer) throw new Error('Use imapServerBinary() inside describeWithMailbox only.');
  return imapServer;
}

/** `describe`, skipped where there is no Temporal. */
export const describeWithTemporal: typeof describe.skip = binary ? describe : describe.skip;

/** `describe`, skipped where there is no Temporal, or no proxy that cuts connections. */
export const describeWithProxy: typeof describe.skip = binary && toxiproxy ? describe : describe.skip;

/** `describe`, skipped where there is no Postgres. */
export const describeWithPostgres: typeof describe.skip = postgres ? describe : describe.skip;

/** `describe`, skipped where there is no S3 server. */
export const describeWithVersitygw: typeof describe.skip = versitygw ? describe : describe.skip;

/** `describe`, skipped where Temporal or Postgres are not to be had: workers in processes of their own need both. */
export const describeWithKills: typeof describe.skip = binary && postgres ? describe : describe.skip;

/** `describe`, skipped where there is no Temporal, or no IMAP server. */
export const describeWithMailbox: typeof describe.skip = binary && imapServer ? describe : describe.skip;

/** `describe`, skipped where one of the servers of a whole cluster is not to be had. */
export const describeWithCluster: typeof describe.skip =
  binary && postgres && versitygw ? describe : describe.skip;

/** The same, with proxies between them. */
export const describeWithProxiedCluster: typeof describe.skip =
  binary && postgres && versitygw && toxiproxy ? describe : describe.skip;
