/** What starting and steering runs needs, whoever does it: the API for people and callers, activities for events and other runs. */
import type { Client } from '@temporalio/client';
import type { Database, RunWriter } from '../db/index.ts';

export interface RunDeps {
  db: Database;
  temporal: Client;
  /** A started run is recorded as queued before anybody is told of it. */
  writer: RunWriter;
  /** The client shares its connection with a worker in this process: Temporal then hands it the first task with the start. */
  eagerStart: boolean;
  /** Where people reach this instance, without a slash at its end: an operator finds the run's page from the Temporal UI. */
  publicUrl?: string | undefined;
}
