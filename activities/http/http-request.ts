/** The HTTP request node: one request, one answer, items. */
import { httpRequest } from '../../contracts/catalogue/http-request.ts';
import { createMask } from '../../outbound/mask-secrets.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { hostAndPort } from './network-failure.ts';
import { readHttpParameters } from './parameters.ts';
import { buildRequest, parseUrl } from './request.ts';
import { itemsOf, readBody, readExcerpt } from './response.ts';
import { saveResponse } from './save-response.ts';
import { send } from './send.ts';
import { statusFailure } from './status-failure.ts';

/** @returns an effect whose items carry no `pairedItem`: the engine, which knows the item the request was made for, sets it. */
export function createHttpRequestEffect(
  settings: Pick<EffectSettings, 'guard' | 'credentials' | 'maxResultBytes'>,
): Effect {
  const { dispatcher } = settings.guard;
  return {
    takesSecretVariables: true,
    async run(input, { signal, log, secrets, files }) {
      const parameters = readHttpParameters(input.parameters);
      const { context } = input;
      const attachments = { item: input.items[0], files };
      const ask = async (rejected?: string) => {
        const credential =
          parameters.authentication === 'credential'
            ? await settings.credentials({
                ...{ context, id: parameters.credential, nodeType: httpRequest.type },
                to: parseUrl(parameters.url),
                ...{ secrets, signal, rejected },
              })
            : undefined;
        const first = buildRequest(parameters, context.idempotencyKey, attachments, credential, secrets);
        if (secrets.size > 0)
          for (const name of first.secretHeaders) secrets.add(first.headers.get(name) ?? '');
        const sent = await send(first, { dispatcher, signal, timeoutMs: input.timeoutMs });
        return { ...sent, accessToken: credential?.accessToken };
      };
      let answer = await ask();
      if (answer.response.statusCode === 401 && answer.accessToken !== undefined) {
        // The token ended early, or was taken back: what was refused has done nothing, so it may be sent once more.
        await answer.response.body.dump({ limit: 16_384 }).catch(() => undefined);
        answer = await ask(answer.accessToken);
      }
      const { request, response } = answer;
      const mask = createMask(secrets);
      log.debug(
        {
          ...{ method: request.method, status: response.statusCode },
          host: mask(hostAndPort(request.url)),
        },
        'HTTP',
      );
      if (response.statusCode >= 400 && parameters.failOnStatus) {
        throw statusFailure(response, request, await readExcerpt(response, request, mask));
      }
      if (parameters.result === 'file') {
        const field = parameters.fileName;
        return { items: [await saveResponse({ response, request, files, field, signal })] };
      }
      const body = await readBody(response, request, settings.maxResultBytes, mask);
      return { items: itemsOf(body, response, parameters.result) };
    },
  };
}
