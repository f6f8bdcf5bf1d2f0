import type { ApplicationFailure } from '@temporalio/activity';
import { stepFailed } from '../step-failed.ts';

/** A worker without a database can tell nobody of a wait. */
export function needsDatabase(): ApplicationFailure {
  return stepFailed(
    'no-database',
    'This worker has no database to write approvals, forms and links to.',
    'An operator gives the workers of the queue "automations" DATABASE_URL.',
  );
}
