/** A toxiproxy server and its HTTP API (github.com/Shopify/toxiproxy): proxies that cut, slow and swallow what goes through them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/stack/free-port.ts';
import { isListening } from '../../scripts/stack/is-listening.ts';
import { spawnLeashed } from '../../scripts/stack/leashed-process.ts';

export interface Toxic {
  type: 'latency' | 'bandwidth' | 'timeout' | 'reset_peer';
  /** Which way: what clients send, or what they get. */
  stream: 'upstream' | 'downstream';
  /** Milliseconds, or KB/s for `bandwidth`. */
  attributes: Record<string, number>;
}

export interface Toxiproxy {
  /** A proxy to `upstream` (host:port); its own address, and its name for the rest. */
  add(name: string, upstream: string): Promise<string>;
  /** Closes every connection of a proxy and takes none, until `mend`. */
  cut(name: string): Promise<void>;
  poison(name: string, toxic: Toxic): Promise<void>;
  mend(name: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startToxiproxy(binary: string): Promise<Toxiproxy> {
  const port = await freePort();
  const server = spawnLeashed({ command: binary, args: ['-port', String(port)], stopSignal: 'SIGKILL' });
  while (!(await isListening(port))) await sleep(50);
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`toxiproxy ${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    async add(name, upstream) {
      const listen = `127.0.0.1:${await freePort()}`;
      await ask('POST', '/proxies', { name, listen, upstream, enabled: true });
      return listen;
    },
    async cut(name) {
      await ask('POST', `/proxies/${name}`, { enabled: false });
    },
    async poison(name, toxic) {
      await ask('POST', `/proxies/${name}/toxics`, { name: toxic.type, toxicity: 1, ...toxic });
    },
    async mend(name) {
      const proxy = (await (await ask('GET', `/proxies/${name}`)).json()) as { toxics: { name: string }[] };
      for (const toxic of proxy.toxics) await ask('DELETE', `/proxies/${name}/toxics/${toxic.name}`);
      await ask('POST', `/proxies/${name}`, { enabled: true });
    },
    stop: () => server.stop(),
  };
}
