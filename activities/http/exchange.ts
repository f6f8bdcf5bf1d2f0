/** One request with the node's credential, and its answer: what every node that speaks HTTP is made of. */
import type { EffectInput } from '../../contracts/effect.ts';
import { createMask, type Mask } from '../../outbound/mask-secrets.ts';
import type { EffectRun, EffectSettings } from '../effect.ts';
import { hostAndPort } from './network-failure.ts';
import type { HttpParameters } from './parameters.ts';
import { buildRequest, parseUrl, type WireRequest } from './request.ts';
import { send, type WireResponse } from './send.ts';

export interface ExchangeOptions {
  settings: Pick<EffectSettings, 'guard' | 'credentials'>;
  /** Whose credentials may be used. */
  nodeType: string;
  input: EffectInput;
  run: EffectRun;
}

export interface Exchange {
  request: WireRequest;
  /** Its body is not read yet. */
  response: WireResponse;
  /** For everything of the answer that is shown. */
  mask: Mask;
}

/** @throws StepFailure for everything that goes wrong before an answer is there; its status is the caller's to judge. */
export async function exchange(
  parameters: HttpParameters,
  { settings, nodeType, input, run }: ExchangeOptions,
): Promise<Exchange> {
  const { context } = input;
  const { signal, log, secrets, files } = run;
  const attachments = { item: input.items[0], files };
  const { dispatcher } = settings.guard;
  const ask = async (rejected?: string) => {
    const credential =
      parameters.authentication === 'credential'
        ? await settings.credentials({
            ...{ context, id: parameters.credential, nodeType },
            to: parseUrl(parameters.url),
            ...{ secrets, signal, rejected },
          })
        : undefined;
    const first = buildRequest(parameters, context.idempotencyKey, attachments, credential, secrets);
    if (secrets.size > 0) for (const name of first.secretHeaders) secrets.add(first.headers.get(name) ?? '');
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
    { method: request.method, status: response.statusCode, host: mask(hostAndPort(request.url)) },
    'HTTP',
  );
  return { request, response, mask };
}
