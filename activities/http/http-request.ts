/** The HTTP request node: one request, one answer, items. */
import { httpRequest } from '../../contracts/catalogue/http-request.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { exchange } from './exchange.ts';
import { readHttpParameters } from './parameters.ts';
import { itemsOf, readBody, readExcerpt } from './response.ts';
import { saveResponse } from './save-response.ts';
import { statusFailure } from './status-failure.ts';

/** @returns an effect whose items carry no `pairedItem`: the engine, which knows the item the request was made for, sets it. */
export function createHttpRequestEffect(
  settings: Pick<EffectSettings, 'guard' | 'credentials' | 'maxResultBytes'>,
): Effect {
  return {
    takesSecretVariables: true,
    async run(input, run) {
      const parameters = readHttpParameters(input.parameters);
      const options = { settings, nodeType: httpRequest.type, input, run };
      const { request, response, mask } = await exchange(parameters, options);
      if (response.statusCode >= 400 && parameters.failOnStatus) {
        throw statusFailure(response, request, await readExcerpt(response, request, mask));
      }
      if (parameters.result === 'file') {
        const { files, signal } = run;
        const field = parameters.fileName;
        return { items: [await saveResponse({ response, request, files, field, signal })] };
      }
      const body = await readBody(response, request, settings.maxResultBytes, mask);
      return { items: itemsOf(body, response, parameters.result) };
    },
  };
}
