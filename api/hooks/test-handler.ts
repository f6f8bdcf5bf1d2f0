/**
 * `/hooks/test/<path>`: one call of a webhook in a draft, while somebody in the editor listens for it. Answered as the published one
 * would answer; signatures are checked as there. Gates and delivery keys are left out: whoever tests wants to see what their call does.
 */
import { webhookTrigger } from '../../contracts/catalogue/webhook-trigger.ts';
import type { StoredTestListener } from '../../db/index.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { ApiProblem } from '../problems.ts';
import { startTest, testedTrigger } from '../runs/start-test.ts';
import type { Answers } from './answers.ts';
import type { Call } from './call.ts';
import { checkSigned } from './check-signed.ts';
import { readDelivery } from './delivery.ts';
import { type HookAddress, hooksBase } from './hook-address.ts';
import { hookOptions } from './hook-options.ts';
import { writeOutcome } from './write-outcome.ts';

export const testPrefix = 'test/';

/** The path of the webhook that a test call is for. */
export function testedPath({ path }: HookAddress): string {
  return path.slice(testPrefix.length);
}

/** @throws ApiProblem `not-listening`, `invalid-graph`, and what reading and starting throw; it is listened on then */
export async function answerTest(
  deps: ApiDeps,
  limits: RateLimits,
  answers: Answers,
  address: HookAddress,
  { request, response }: Pick<Call, 'request' | 'response'>,
): Promise<void> {
  const { config, objects } = deps;
  const meter = limits.meter('webhook', response);
  await meter.count({ ip: clientIp(request, config) ?? 'unknown' });
  const listener = await whoListens(deps, address);
  await meter.count({ workspace: listener.workspace });
  const tested = await testedTrigger(deps, listener);
  if (tested?.node.type !== webhookTrigger.type) throw notListening(address);
  const { workspace, run } = listener;
  const { signature, answer, answerWithinMs } = hookOptions(tested.node);
  const delivery = await readDelivery(request, {
    query: address.query,
    limits: { body: config.HIVIEX_MAX_BODY_BYTES, file: config.HIVIEX_MAX_FILE_BYTES },
    store: objects.store,
    run: { workspace, run },
    check: signature && ((bytes) => checkSigned(deps, workspace, signature, request.headers, bytes)),
  });
  // The answer may come before the start returns, so the wait begins first.
  const waiting = answer && answers.wait({ run, workspace, limitMs: answerWithinMs });
  if (waiting) response.once('close', waiting.leave);
  try {
    const started = await startTest(deps, tested, { item: delivery.item, answer });
    if (!started) throw notListening(address);
    response.setHeader('hiviex-run', run);
  } catch (error) {
    waiting?.leave();
    void delivery.discard();
    throw error;
  }
  const outcome = waiting ? await waiting.outcome : { kind: 'accepted' as const };
  await writeOutcome({ request, response, store: objects.store, workspace }, run, outcome);
}

async function whoListens({ db }: ApiDeps, address: HookAddress): Promise<StoredTestListener> {
  const { method } = address;
  const path = testedPath(address);
  const found = await db.asSystem(({ testListeners }) =>
    testListeners.find({ kind: 'webhook', method, path }),
  );
  if (!found) throw notListening(address);
  return found;
}

export function notListening({ method, path }: HookAddress): ApiProblem {
  return new ApiProblem('not-listening', { method, path: hooksBase + path });
}
