import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Bus } from '../../contracts/bus.ts';
import type { Database } from '../../db/index.ts';
import type { Mailer } from '../../outbound/mail/index.ts';

/** What telling people of a wait needs. */
export interface AnnouncementDeps {
  db: Database;
  temporal: Client;
  bus: Bus;
  mailer: Mailer;
  log: Logger;
  /** Where people reach this instance, without a slash at its end. */
  publicUrl: string;
}
