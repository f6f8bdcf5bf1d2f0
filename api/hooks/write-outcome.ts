/** What the caller of a webhook is told of its run. */
import type { ServerResponse } from 'node:http';
import type { Failure } from '../../contracts/run.ts';
import { text } from '../../contracts/text.ts';
import { ApiProblem, sendProblem } from '../problems.ts';
import type { Outcome } from './answers.ts';
import type { Call } from './call.ts';
import { writeAnswer } from './write-answer.ts';

export async function writeOutcome(
  call: Call,
  run: string,
  outcome: Outcome | { kind: 'accepted' },
): Promise<void> {
  const { request, response } = call;
  if (outcome.kind === 'gone') return;
  if (outcome.kind === 'answered') await writeAnswer(call, outcome.response);
  else if (outcome.kind === 'accepted') writeJson(response, 202, { run });
  else if (outcome.kind === 'late')
    sendProblem(request, response, new ApiProblem('answer-late', {}, { run }));
  // It ended well and no Respond node was on its way: there is nothing to say but that.
  else if (outcome.state === 'succeeded') writeJson(response, 200, { run });
  else sendProblem(request, response, failed(run, outcome.failure));
}

function failed(run: string, failure: Failure | undefined): ApiProblem {
  const reason = failure?.message ?? text('it was cancelled.', 'foi cancelada.');
  const errors = failure && [{ message: failure.message, code: failure.code, node: failure.node }];
  return new ApiProblem('run-failed', { reason }, { run, ...(errors && { errors }) });
}

function writeJson(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}
