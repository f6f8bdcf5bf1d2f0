/** What goes wrong with networks: links that are cut, swallow everything, reset, lag or crawl, for some seconds. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Toxic, Toxiproxy } from './toxiproxy.ts';

type Trouble = { what: string } & ({ toxic: Toxic } | { cut: true });

const troubles: readonly Trouble[] = [
  { what: 'cut', cut: true },
  // Nothing gets through and nobody says so: only time-outs notice.
  { what: 'swallows', toxic: { type: 'timeout', stream: 'downstream', attributes: { timeout: 0 } } },
  { what: 'resets', toxic: { type: 'reset_peer', stream: 'upstream', attributes: { timeout: 100 } } },
  {
    what: 'lags',
    toxic: { type: 'latency', stream: 'downstream', attributes: { latency: 600, jitter: 400 } },
  },
  { what: 'crawls', toxic: { type: 'bandwidth', stream: 'downstream', attributes: { rate: 30 } } },
];

/** @returns one mishap after the other: each link has each trouble, in an order by chance */
export function networkMishaps(proxy: Toxiproxy, links: readonly string[]): () => Promise<string> {
  let turn: { link: string; trouble: Trouble }[] = [];
  return async () => {
    if (turn.length === 0)
      turn = links
        .flatMap((link) => troubles.map((trouble) => ({ link, trouble })))
        .toSorted(() => Math.random() - 0.5);
    const { link, trouble } = turn.pop()!;
    if ('cut' in trouble) await proxy.cut(link);
    else await proxy.poison(link, trouble.toxic);
    await sleep(2_000 + Math.random() * 5_000);
    await proxy.mend(link);
    return `${link} ${trouble.what}`;
  };
}
