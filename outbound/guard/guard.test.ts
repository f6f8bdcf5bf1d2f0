/**
 * The guard against real servers on the loopback, which keep count of what reaches them. Names are answered by a resolver of the
 * test, so that an answer can lie, mix and change. Over 300 lines: tables of hosts and addresses, on the same servers.
 */
import type { LookupAddress } from 'node:dns';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, isIPv6, type Server } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Blocked, BlockedAddress, createGuard, type Guard, OutboundError } from './index.ts';

const limits = { maxBytes: 100_000, timeoutMs: 20_000 };
const publicAddress = '93.184.215.14';

interface Hits {
  port: number;
  /** What reached it, as `host path`. */
  requests: string[];
  server: Server;
}

/** One that may be reached (its port is on the allow-list), and one that nobody may reach. */
let outside: Hits;
let inside: Hits;
const guards: Guard[] = [];

/** @param answers By name; a list of lists is answered one after the other, the last for ever. */
function guardWith(answers: Record<string, string[][]>, allow = `127.0.0.1:${outside.port}`) {
  const asked: string[] = [];
  const guard = createGuard({
    allow,
    lookup: async (name) => {
      const sequence = answers[name] ?? [[]];
      const times = asked.filter((before) => before === name).length;
      asked.push(name);
      return (sequence[Math.min(times, sequence.length - 1)] ?? []).map(
        (address): LookupAddress => ({ address, family: isIPv6(address) ? 6 : 4 }),
      );
    },
  });
  guards.push(guard);
  return { guard, asked };
}

const get = async (guard: Guard, url: string, over: Partial<typeof limits> = {}): Promise<string> =>
  await (await guard.fetch(url, {}, { ...limits, ...over })).text();

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://x');
  switch (url.pathname) {
    case '/redirect':
      response.writeHead(302, { location: url.searchParams.get('to') ?? '' }).end();
      return;
    case '/close':
      response.setHeader('connection', 'close').end('closed');
      return;
    case '/announced':
      response.writeHead(200, { 'content-length': 1_000_000 }).end('x'.repeat(1_000_000));
      return;
    case '/endless': {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(64_000)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
      return;
    }
    case '/bomb':
      response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(20_000_000)));
      return;
    case '/silent':
      return;
    case '/stalls':
      response.write('a part');
      return;
    case '/echo':
      request.pipe(response.setHeader('content-type', request.headers['content-type'] ?? ''));
      return;
    case '/empty':
      response.writeHead(204).end();
      return;
    default:
      response.end('hello');
  }
}

async function listen(): Promise<Hits> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.headers.host} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, requests, server };
}

beforeAll(async () => {
  [outside, inside] = await Promise.all([listen(), listen()]);
});

afterEach(async () => {
  await Promise.all(guards.splice(0).map((guard) => guard.dispatcher.destroy()));
  outside.requests.length = 0;
  expect(inside.requests.splice(0)).toEqual([]); // whatever the test was about
});

afterAll(async () => {
  for (const { server } of [outside, inside]) await new Promise((resolve) => server.close(resolve));
});

describe('hosts that are addresses', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '127.0.0.1.',
    '2130706433',
    '0177.0.0.1',
    '0x7f.1',
    '0x7f000001',
    '017700000001',
    '１２７.0.0.1',
    '[::1]',
    '[::]',
    '0.0.0.0',
    '0',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::]',
    'example.com@127.0.0.1',
    'example.com:80@127.0.0.1',
    'example.com%2f@127.0.0.1',
  ])('%s never reaches the loopback', async (host) => {
    const { guard, asked } = guardWith({});
    const url = `http://${host}:${inside.port}/`;
    await expect(guard.check(url)).rejects.toBeInstanceOf(BlockedAddress);
    // A name or password in the URL is refused even before the address.
    const expected = host.includes('@') ? 'bad-url' : 'address-blocked';
    await expect(get(guard, url)).rejects.toMatchObject({ code: expected });
    const sent = guard.dispatcher.request({
      origin: new URL(url).origin,
      path: '/',
      method: 'GET',
    });
    await expect(sent).rejects.toBeInstanceOf(BlockedAddress);
    expect(asked).toEqual([]);
  });

  it('are let through by address and port', async () => {
    const { guard } = guardWith({});
    expect(await get(guard, `http://127.0.0.1:${outside.port}/`)).toBe('hello');
    expect(await get(guard, `http://2130706433:${outside.port}/`)).toBe('hello');
    await expect(get(guard, `http://127.0.0.1:${inside.port}/`)).rejects.toBeInstanceOf(BlockedAddress);
  });
});

describe('names', () => {
  it.each([
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['loopback', '127.0.0.53'],
    ['this network', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['link-local, metadata', '169.254.169.254'],
    ['metadata of containers', '169.254.170.2'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['carrier-grade NAT, metadata', '100.100.100.200'],
    ['Azure platform', '168.63.129.16'],
    ['IETF', '192.0.0.192'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['6to4 relay', '192.88.99.1'],
    ['benchmarking', '198.18.0.1'],
    ['benchmarking', '198.19.255.255'],
    ['multicast', '224.0.0.1'],
    ['multicast', '239.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['unique local, metadata', 'fd00:ec2::254'],
    ['unique local', 'fc00::1'],
    ['multicast', 'ff02::1'],
    ['mapped', '::ffff:10.0.0.1'],
    ['mapped, public', '::ffff:8.8.8.8'],
    ['compatible', '::10.0.0.1'],
    ['translated', '::ffff:0:10.0.0.1'],
    ['NAT64', '64:ff9b::a00:1'],
    ['NAT64, local', '64:ff9b:1::a00:1'],
    ['6to4', '2002:a00:1::1'],
    ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['benchmarking', '2001:2::1'],
    ['ORCHID', '2001:20::1'],
    ['discard', '100::1'],
    ['segment routing', '5f00::1'],
    ['not given out by IANA', '4000::1'],
    ['not an address', 'nonsense'],
  ])('with a %s address (%s) are refused, without telling the address', async (_, address) => {
    const { guard } = guardWith({ 'name.test': [[address]] });
    const error = (await errorOf(get(guard, `http://name.test:${inside.port}/x`))) as BlockedAddress;
    expect(error).toBeInstanceOf(BlockedAddress);
    expect(error).toMatchObject({ code: 'address-blocked' });
    for (const language of ['en', 'pt'] as const) {
      expect(error.says[language]).toContain('name.test');
      expect(error.hint[language]).toContain('HIVIEX_ALLOW_PRIVATE_HOSTS');
      expect(error.says[language] + error.hint[language]).not.toContain(address);
    }
    await expect(guard.resolve('name.test', 5432)).rejects.toBeInstanceOf(BlockedAddress);
  });

  it.each([
    [publicAddress],
    ['8.8.8.8'],
    ['172.32.0.1'],
    ['100.128.0.1'],
    ['2606:4700::1111'],
    ['2a00:1450::1'],
  ])('with the public address %s may be called', async (address) => {
    const { guard } = guardWith({ 'name.test': [[address]] });
    await guard.check('https://name.test/');
    expect(await guard.resolve('NAME.test', 5432)).toEqual([{ address, family: isIPv6(address) ? 6 : 4 }]);
  });

  it.each([
    [[publicAddress, '127.0.0.1']],
    [['127.0.0.1', publicAddress]],
    [[publicAddress, '2606:4700::1111', 'fd00::1']],
  ])('with mixed answers %s are refused', async (addresses) => {
    const { guard } = guardWith({ 'mixed.test': [addresses] });
    await expect(get(guard, `http://mixed.test:${inside.port}/`)).rejects.toBeInstanceOf(BlockedAddress);
  });

  it('without an answer are not found', async () => {
    const { guard } = guardWith({ 'void.test': [[]] });
    await expect(get(guard, 'http://void.test/')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(guard.check('http://void.test/')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it.each(['localhost', 'LOCALHOST'])('%s is refused by what the real resolver says', async (host) => {
    const guard = createGuard({ allow: '' });
    guards.push(guard);
    await expect(get(guard, `http://${host}:${inside.port}/`)).rejects.toBeInstanceOf(BlockedAddress);
  });

  it('with a dot at the end are no other names', async () => {
    const { guard } = guardWith({ 'localhost.': [['127.0.0.1']] });
    await expect(get(guard, `http://localhost.:${inside.port}/`)).rejects.toBeInstanceOf(BlockedAddress);
  });

  it('on the allow-list may resolve to anything, on their port', async () => {
    const { guard } = guardWith({ 'erp.internal': [['127.0.0.1']] }, `erp.internal:${outside.port}`);
    expect(await get(guard, `http://erp.internal:${outside.port}/`)).toBe('hello');
    expect(await get(guard, `http://ERP.internal:${outside.port}/`)).toBe('hello');
    await expect(get(guard, `http://erp.internal:${inside.port}/`)).rejects.toBeInstanceOf(BlockedAddress);
    await expect(get(guard, `http://127.0.0.1:${outside.port}/`)).rejects.toBeInstanceOf(BlockedAddress);
  });

  it('stay in the Host header and in TLS, while the connection goes to the checked address', async () => {
    let servername: string | undefined;
    const server = createTlsServer({
      SNICallback(name, done) {
        servername = name;
        done(new Error('no certificate'));
      },
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { guard } = guardWith({ 'name.test': [['127.0.0.1']] }, '127.0.0.1');
    await expect(get(guard, `https://name.test:${port}/`)).rejects.toThrow();
    expect(servername).toBe('name.test');
    expect(await get(guard, `http://name.test:${outside.port}/`)).toBe('hello');
    expect(outside.requests).toEqual([`name.test:${outside.port} /`]);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('answers that change', () => {
  it('after a check are caught when the connection is made', async () => {
    const { guard } = guardWith({ 'rebind.test': [[publicAddress], ['127.0.0.1']] });
    const url = `http://rebind.test:${inside.port}/`;
    await guard.check(url);
    await expect(get(guard, url)).rejects.toBeInstanceOf(BlockedAddress);
  });

  it('have no second chance within a connection: the resolver is asked once', async () => {
    const { guard, asked } = guardWith({ 'rebind.test': [['127.0.0.1'], ['10.0.0.1']] });
    expect(await get(guard, `http://rebind.test:${outside.port}/`)).toBe('hello');
    expect(asked).toEqual(['rebind.test']);
  });

  it('are checked again for every new connection; one that is kept alive leads where it led', async () => {
    const { guard, asked } = guardWith({ 'rebind.test': [['127.0.0.1'], ['10.0.0.1']] });
    const url = `http://rebind.test:${outside.port}`;
    expect(await get(guard, url)).toBe('hello');
    await setImmediate(); // undici gives a connection back in the next turn of the event loop
    await setImmediate();
    expect(await get(guard, `${url}/close`)).toBe('closed');
    expect(asked).toHaveLength(1);
    await expect(get(guard, url)).rejects.toBeInstanceOf(BlockedAddress);
    expect(asked).toHaveLength(2);
    expect(outside.requests).toHaveLength(2);
  });
});

describe('many at once', () => {
  it.each(['http://10.0.0.1/', 'http://inner.test/'])(
    'to %s are all refused, none is left waiting',
    async (url) => {
      const { guard } = guardWith({ 'inner.test': [['10.0.0.1']] });
      const codes = await Promise.all(
        Array.from({ length: 200 }, async () => {
          const error = await errorOf(guard.dispatcher.request({ origin: url, path: '/', method: 'GET' }));
          return (error as BlockedAddress).code;
        }),
      );
      expect(new Set(codes)).toEqual(new Set(['address-blocked']));
      expect(codes).toHaveLength(200);
    },
  );
});

describe('the operator', () => {
  it('is told of each refusal, with the addresses', async () => {
    const told: Blocked[] = [];
    const guard = createGuard({
      allow: '',
      lookup: async () => [{ address: '10.0.0.1', family: 4 }],
      onBlocked: (blocked) => told.push(blocked),
    });
    guards.push(guard);
    await errorOf(get(guard, 'https://inner.test/secret?key=s3cret'));
    await errorOf(get(guard, 'http://127.0.0.1:8080/'));
    expect(told).toEqual([
      { host: 'inner.test', port: 443, addresses: ['10.0.0.1'] },
      { host: '127.0.0.1', port: 8080, addresses: ['127.0.0.1'] },
    ]);
  });
});

describe('redirects', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/',
    'http://metadata.test/',
    'http://2852039166/',
    'https://10.0.0.1/',
    '//127.0.0.1:INSIDE/',
    'http://inner.test:INSIDE/',
  ])('to %s are refused', async (to) => {
    const { guard } = guardWith({
      'inner.test': [['127.0.0.1']],
      'metadata.test': [['169.254.169.254']],
    });
    const target = encodeURIComponent(to.replace('INSIDE', String(inside.port)));
    const url = `http://127.0.0.1:${outside.port}/redirect?to=${target}`;
    await expect(get(guard, url)).rejects.toBeInstanceOf(BlockedAddress);
    expect(outside.requests).toHaveLength(1);
  });

  it.each(['file:///etc/passwd', 'data:text/plain,hi', 'ftp://example.com/'])('to %s fail', async (to) => {
    const { guard } = guardWith({});
    const url = `http://127.0.0.1:${outside.port}/redirect?to=${encodeURIComponent(to)}`;
    await expect(get(guard, url)).rejects.toThrow();
  });

  it('to what may be reached are followed, and said', async () => {
    const { guard } = guardWith({});
    const origin = `http://127.0.0.1:${outside.port}`;
    const response = await guard.fetch(`${origin}/redirect?to=/there`, {}, limits);
    expect([response.status, response.redirected, response.url]).toEqual([200, true, `${origin}/there`]);
    expect(await response.text()).toBe('hello');
  });
});

describe('fetch', () => {
  const at = (path: string): string => `http://127.0.0.1:${outside.port}${path}`;

  it.each(['/announced', '/endless', '/bomb'])('reads no more than it may of %s', async (path) => {
    const { guard } = guardWith({});
    const error = (await errorOf(get(guard, at(path)))) as OutboundError;
    expect(error).toBeInstanceOf(OutboundError);
    expect(error).toMatchObject({ code: 'response-too-large', message: expect.stringContaining('100000') });
  });

  it.each(['/silent', '/stalls'])('ends at its time limit at %s', async (path) => {
    const { guard } = guardWith({});
    const error = await errorOf(get(guard, at(path), { timeoutMs: 200 }));
    expect(error).toBeInstanceOf(OutboundError);
    expect(error).toMatchObject({ code: 'request-timeout' });
  });

  it("ends with the caller's own reason when the caller gives up", async () => {
    const { guard } = guardWith({});
    const reason = new Error('enough');
    const caller = new AbortController();
    const response = await guard.fetch(at('/stalls'), { signal: caller.signal }, limits);
    caller.abort(reason);
    expect(await errorOf(response.text())).toBe(reason);
    expect(await errorOf(guard.fetch(at('/'), { signal: caller.signal }, limits))).toBe(reason);
  });

  it('sends bodies of every kind, and gives status and headers', async () => {
    const { guard } = guardWith({});
    const post = async (body: RequestInit['body']) =>
      await guard.fetch(at('/echo'), { method: 'POST', body }, limits);
    expect(await (await post('{"a":1}')).json()).toEqual({ a: 1 });
    expect(await (await post(new URLSearchParams({ a: 'b c' }))).text()).toBe('a=b+c');
    expect(await (await post(new Uint8Array([104, 105]))).text()).toBe('hi');
    const form = new FormData();
    form.set('name', 'value');
    const echoed = await post(form);
    expect(echoed).toBeInstanceOf(Response);
    expect((await echoed.formData()).get('name')).toBe('value');
    const empty = await guard.fetch(at('/empty'), {}, limits);
    expect([empty.status, empty.body]).toEqual([204, null]);
  });

  it('names the cause when there is no answer', async () => {
    const { guard } = guardWith({ 'name.test': [['127.0.0.1']] }, 'name.test');
    const closed = await listen();
    await new Promise((resolve) => closed.server.close(resolve));
    const error = await errorOf(get(guard, `http://name.test:${closed.port}/`));
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([
    'no url',
    '',
    'ftp://example.com/',
    'file:///etc/passwd',
    'data:text/plain,hi',
    'gopher://127.0.0.1:6379/',
    'http://',
    'http://a b/',
    'http://name:s3cret@example.com/',
  ])('refuses %s, and repeats nothing of it', async (url) => {
    const { guard } = guardWith({});
    const error = (await errorOf(get(guard, url))) as OutboundError;
    expect(error).toMatchObject({ code: 'bad-url' });
    expect(JSON.stringify([error.says, error.hint, error.message])).not.toMatch(/s3cret|passwd|6379/);
  });
});
