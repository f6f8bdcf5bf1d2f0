/** What the API is given by whoever starts it: connections are opened, shared and closed by the process, never here. */
import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import type { Logger } from 'pino';
import type { Bus } from '../contracts/bus.ts';
import type { Config } from '../contracts/config.ts';
import type { Database, RunWriter } from '../db/index.ts';
import type { ModelGateway } from '../models/index.ts';
import type { Guard } from '../outbound/guard/index.ts';
import type { Mailer } from '../outbound/mail/index.ts';
import type { OpenedStore } from '../storage/index.ts';

export interface ApiDeps {
  db: Database;
  /** Writes run records; a started run is recorded as queued before the API shows it. */
  writer: RunWriter;
  bus: Bus;
  temporal: Client;
  config: Config;
  mailer: Mailer;
  /** The way out to addresses that users and operators name. */
  guard: Guard;
  /** The way to models, for their test buttons and lists. */
  models: ModelGateway;
  /** Where files of runs are kept. */
  objects: OpenedStore;
  /** Seals and opens what Temporal stores, for those who look at it in the Temporal UI. */
  codec: PayloadCodec;
  log: Logger;
  /** The client shares its connection with a worker in this process: Temporal then hands it the first task with the start. */
  eagerStart: boolean;
  /** Where people reach this instance, without a slash at its end; left out: operators find no link in the Temporal UI. */
  publicUrl?: string | undefined;
  /** Address of the Temporal UI, for links; left out: no links. */
  temporalUiUrl?: string | undefined;
  /** Folder of the built web app; left out: API only. */
  webDir?: string | undefined;
}
