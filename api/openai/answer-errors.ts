/** Everything below `/v1` that fails is answered in OpenAI's shape, whatever threw it. */
import type { ErrorRequestHandler } from 'express';
import type { ApiDeps } from '../deps.ts';
import { linger } from '../linger.ts';
import { languageOf } from '../problems.ts';
import { toOpenAiError } from './openai-error.ts';

export function answerErrors({ log }: Pick<ApiDeps, 'log'>): ErrorRequestHandler {
  return (thrown, request, response, _next) => {
    const error = toOpenAiError(thrown, languageOf(request.headers['accept-language']), log);
    const { status, body, extras } = error;
    // Half an answer must not look whole.
    if (response.headersSent) return void response.destroy();
    response
      .status(status)
      .set(extras.headers ?? {})
      .set('cache-control', 'no-store');
    const payload = Buffer.from(JSON.stringify(body));
    response.type('json').set('content-length', `${payload.length}`);
    response.write(payload);
    linger(request, () => response.end());
  };
}
