/** The HTTP request node: one request, one answer, items. */
import type { Effect, EffectSettings } from '../effect.ts';
import { hostAndPort } from './network-failure.ts';
import { readHttpParameters } from './parameters.ts';
import { buildRequest } from './request.ts';
import { itemsOf, readBody, readExcerpt } from './response.ts';
import { send } from './send.ts';
import { statusFailure } from './status-failure.ts';

/** @returns an effect whose items carry no `pairedItem`: the engine, which knows the item the request was made for, sets it. */
export function createHttpRequestEffect(settings: EffectSettings): Effect {
  const { dispatcher } = settings.guard;
  return {
    async run(input, { signal, log }) {
      const parameters = readHttpParameters(input.parameters);
      const first = buildRequest(parameters, input.context.idempotencyKey);
      const { request, response } = await send(first, { dispatcher, signal, timeoutMs: input.timeoutMs });
      log.debug(
        { method: request.method, host: hostAndPort(request.url), status: response.statusCode },
        'HTTP',
      );
      if (response.statusCode >= 400 && parameters.failOnStatus) {
        throw statusFailure(response, request, await readExcerpt(response, request));
      }
      const body = await readBody(response, request, settings.maxResultBytes);
      return { items: itemsOf(body, response, parameters.result) };
    },
  };
}
