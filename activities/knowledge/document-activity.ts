/** What every step of an ingestion does around its work: it shows that it lives, and says what is wrong with a document so that people read it. */
import { ApplicationFailure } from '@temporalio/activity';
import { documentRefused } from '../../contracts/knowledge/ingest.ts';
import { whileBeating } from '../heartbeat.ts';
import { DocumentRefusal } from './document-refusal.ts';
import { PageUnavailable } from './fetch-page.ts';

export async function documentActivity<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await whileBeating(work);
  } catch (error) {
    throw failureOf(error);
  }
}

function failureOf(error: unknown): unknown {
  const refusal = error instanceof PageUnavailable ? error.refusal : error;
  if (!(refusal instanceof DocumentRefusal)) return error;
  return ApplicationFailure.create({
    type: documentRefused,
    message: refusal.failure.code,
    details: [refusal.failure],
    nonRetryable: refusal === error,
  });
}
