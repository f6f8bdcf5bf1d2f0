/**
 * The storm: callers start runs of every kind without a pause while something bad happens every few seconds. Then it is quiet, and
 * all that was accepted has to come to a true end.
 *
 * Callers behave as good ones do: each has a delivery key of its own and calls again until it has a 2xx. A run counts as accepted
 * from then on.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type StubRequest, startStub } from '../support/stub-server.ts';
import type { Cluster } from './cluster.ts';
import { startDeciding } from './decider.ts';
import { type Load, publishLoads } from './loads.ts';
import { startTicking, type Ticks } from './ticks.ts';

export interface StormOptions {
  /** How long runs are started, in seconds. */
  seconds: number;
  /** Runs started a second. */
  perSecond: number;
  /** Waits of runs, in seconds, from and to. */
  waits: readonly [number, number];
  /** Seconds from one mishap to the next. */
  mishapEvery: number;
  /** Does something bad; resolves with what it was when it is over. */
  mishap(): Promise<string>;
}

/** A call that was answered with 2xx, or a tick. */
export interface Accepted {
  token: string;
  load: Load;
  run: string;
}

/** Something that went wrong, from when to when (epoch ms). */
export interface Mishap {
  what: string;
  from: number;
  to: number;
}

export interface Weather {
  accepted: Accepted[];
  ticks: Ticks;
  mishaps: Mishap[];
  requests: readonly StubRequest[];
}

/** @throws when a mishap can't be mended */
export async function storm(cluster: Cluster, options: StormOptions): Promise<Weather & AsyncDisposable> {
  const stub = await startStub({ delayMs: () => 50 + Math.random() * 200 });
  const all = await publishLoads(cluster.api, stub.url);
  const endDeciding = startDeciding(cluster.api.url, cluster.owner);
  const endTicking = await startTicking(cluster.api, stub.url);

  const accepted: Accepted[] = [];
  const mishaps: Mishap[] = [];
  const end = Date.now() + options.seconds * 1_000;
  const callers: Promise<void>[] = [];
  const badWeather = (async () => {
    while (Date.now() + options.mishapEvery * 1_000 < end) {
      await sleep(options.mishapEvery * 1_000);
      const from = Date.now();
      const what = await options.mishap().catch((error: unknown) => {
        throw new Error(`A mishap could not be mended. ${endsOfTheirOwn(cluster)}`, { cause: error });
      });
      mishaps.push({ what, from, to: Date.now() });
    }
  })();
  for (let n = 0; Date.now() < end; n++) {
    const load = all[n % all.length]!;
    callers.push(callUntilAccepted(cluster, load, `t${n}`, options).then((one) => void accepted.push(one)));
    await sleep(1_000 / options.perSecond);
  }
  await badWeather;
  await Promise.all(callers);
  await endDeciding();
  const client = await cluster.temporal();
  const ticks = await endTicking(client).finally(() => client.connection.close());
  accepted.push(...ticks.runs.map((run) => ({ token: run, load: ticks.load, run })));
  return { accepted, ticks, mishaps, requests: stub.requests, [Symbol.asyncDispose]: () => stub.close() };
}

/** For the reader of a failure: whoever can't come up may only be waiting for another one. */
function endsOfTheirOwn({ members }: Cluster): string {
  const words = members.flatMap((member) => {
    const last = member.endedByItself();
    return last === undefined ? [] : [`${member.name} ended by itself: ${last}`];
  });
  return words.join('\n') || 'Nobody else had ended by itself.';
}

async function callUntilAccepted(
  { api }: Cluster,
  load: Load,
  token: string,
  { waits: [least, most] }: StormOptions,
): Promise<Accepted> {
  const seconds = least + Math.random() * (most - least);
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': token },
    body: JSON.stringify({ token, seconds }),
  };
  for (;;) {
    const answer = await fetch(`${api.url}/hooks/${load.name}`, {
      ...init,
      signal: AbortSignal.timeout(20_000),
    }).catch(() => undefined);
    if (answer?.ok) return { token, load, run: ((await answer.json()) as { run: string }).run };
    if (answer && answer.status < 500 && answer.status !== 429)
      throw new Error(`/hooks/${load.name}: ${answer.status} ${await answer.text()}`);
    await answer?.body?.cancel();
    await sleep(200);
  }
}
