/** Everything below `/v1` that fails is answered in OpenAI's shape, whatever threw it. */
import type { ErrorRequestHandler } from 'express';
import type { ApiDeps } from '../deps.ts';
import { languageOf } from '../problems.ts';
import { sendRefusal } from '../send-refusal.ts';
import { toOpenAiError } from './openai-error.ts';

export function answerErrors({ log }: Pick<ApiDeps, 'log'>): ErrorRequestHandler {
  return (thrown, request, response, _next) => {
    const { status, body, extras } = toOpenAiError(
      thrown,
      languageOf(request.headers['accept-language']),
      log,
    );
    sendRefusal(request, response, {
      ...{ status, body },
      headers: { ...extras.headers, 'content-type': 'application/json; charset=utf-8' },
    });
  };
}
