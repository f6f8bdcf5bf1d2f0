/** The HTTP request node against real servers. Over 300 lines: tables of requests and answers, on one server. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CancelledFailure } from '@temporalio/activity';
import { pino } from 'pino';
import type { EffectInput, EffectResult } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { createGuard } from '../../outbound/guard/index.ts';
import { createCredentialResolver } from '../credentials/resolve-credential.ts';
import { effectActivity } from '../effect-activity.ts';
import { activityContext, effectInput, failureOf, startServer, type TestServer } from '../testing.ts';
import { createHttpRequestEffect } from './http-request.ts';
import { readRetryAfter } from './status-failure.ts';

const maxResultBytes = 100_000;
const guard = createGuard({ allow: '127.0.0.1' }); // the servers of this test
const effect = createHttpRequestEffect({
  ...{ maxResultBytes, guard },
  credentials: createCredentialResolver({ db: undefined, guard }),
});
const activity = effectActivity('http-request', effect, { log: pino({ level: 'silent' }), maxResultBytes });
const call = (
  parameters: JsonObject,
  over: Partial<EffectInput> = {},
  env = activityContext(),
): Promise<EffectResult> => env.run(activity, effectInput(parameters, over));

let server: TestServer;
let other: TestServer;
let slowRequestArrived: () => void;

const echo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { method, url, headers } = request;
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ method, url, headers, body }));
};

const answers: Record<string, (request: IncomingMessage, response: ServerResponse, url: URL) => void> = {
  '/echo': (request, response) => void echo(request, response),
  '/send': (_, response, url) => {
    const type = url.searchParams.get('type');
    if (type !== null) response.setHeader('content-type', type);
    response.end(url.searchParams.get('body') ?? '');
  },
  '/status': (request, response, url) => {
    const retryAfter = url.searchParams.get('retryAfter');
    if (retryAfter) response.setHeader('retry-after', retryAfter);
    response.writeHead(Number(url.searchParams.get('code')), { 'content-type': 'text/plain' });
    response.end(`no luck for ${request.headers.authorization ?? 'you'}`);
  },
  '/redirect': (_, response, url) => {
    response
      .writeHead(Number(url.searchParams.get('code')), { location: url.searchParams.get('to') ?? '' })
      .end();
  },
  '/circle': (_, response) => void response.writeHead(302, { location: '/circle' }).end(),
  '/slow': () => slowRequestArrived?.(),
  '/reset': (request) => void request.socket.resetAndDestroy(),
  '/cut': (request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 1_000 });
    response.write('only a part', () => request.socket.destroy());
  },
  '/huge': (_, response) => {
    response.setHeader('content-type', 'text/plain');
    const chunk = 'x'.repeat(64_000);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  },
  '/gzip': (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync('{"zipped":true}'));
  },
  '/broken-gzip': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }).end('no gzip');
  },
  '/bomb': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' });
    response.end(gzipSync(Buffer.alloc(20_000_000)));
  },
};

beforeAll(async () => {
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const answer = answers[url.pathname];
    if (answer) answer(request, response, url);
    else response.writeHead(404).end();
  };
  server = await startServer(listener);
  other = await startServer(listener);
});

afterAll(async () => {
  await guard.close();
  await server.close();
  await other.close();
});

interface Echo {
  method: string;
  url: string;
  body: string;
  headers: Record<string, string>;
}
const echoed = async (parameters: JsonObject): Promise<Echo> =>
  (await call({ url: `${server.origin}/echo`, ...parameters })).items[0]?.json as unknown as Echo;
const send = (type: string | undefined, body: string): JsonObject => ({
  url: `${server.origin}/send`,
  query: [{ name: 'body', value: body }, ...(type === undefined ? [] : [{ name: 'type', value: type }])],
});

describe('the request', () => {
  it('carries the idempotency key and the default headers', async () => {
    const { headers, method } = await echoed({});
    expect(method).toBe('GET');
    expect(headers).toMatchObject({
      'idempotency-key': 'run-1:n1:0',
      'user-agent': 'Hiviex',
      accept: 'application/json, text/*;q=0.9, */*;q=0.5',
    });
  });

  it('lets the builder set any of them, in any case', async () => {
    const { headers } = await echoed({
      headers: [
        { name: 'IDEMPOTENCY-KEY', value: 'mine' },
        { name: 'User-Agent', value: 'Me' },
        { name: '', value: 'dropped' },
        { name: 'X-Number', value: 5 },
      ],
    });
    expect(headers).toMatchObject({ 'idempotency-key': 'mine', 'user-agent': 'Me', 'x-number': '5' });
  });

  it('adds query parameters to those of the URL, without empty names', async () => {
    const { url } = await echoed({
      url: `${server.origin}/echo?a=1#part`,
      query: [
        { name: 'b', value: 'ü &' },
        { name: '', value: 'x' },
        { name: 'n', value: null },
      ],
    });
    expect(url).toBe('/echo?a=1&b=%C3%BC+%26&n=');
  });

  it.each([
    [{ bodyType: 'json', jsonBody: '{"a":1}' }, '{"a":1}', 'application/json'],
    [{ bodyType: 'json', jsonBody: { a: [1] } }, '{"a":[1]}', 'application/json'],
    [
      { bodyType: 'form', formBody: [{ name: 'a', value: 'b c' }] },
      'a=b+c',
      'application/x-www-form-urlencoded',
    ],
    [{ bodyType: 'text', textBody: 'héllo' }, 'héllo', 'text/plain; charset=utf-8'],
  ])('sends a body %#', async (parameters, body, type) => {
    const sent = await echoed({ method: 'post', ...parameters });
    expect([sent.method, sent.body, sent.headers['content-type']]).toEqual(['POST', body, type]);
  });

  it('turns credentials in the URL into a header', async () => {
    const { headers, url } = await echoed({ url: `http://user:p%40ss@${server.host}/echo` });
    expect(headers.authorization).toBe(`Basic ${btoa('user:p@ss')}`);
    expect(url).toBe('/echo');
  });

  it.each([
    [{ url: 'not a url' }, 'bad-url', /not a URL/],
    [{ url: 'ftp://example.com/x' }, 'bad-url', /only http: and https:/],
    [{ url: 'file:///etc/passwd' }, 'bad-url', /file:/],
    [{ url: 'http://x.test', headers: [{ name: 'bad name', value: '1' }] }, 'bad-header', /bad name/],
    [{ url: 'http://x.test', headers: [{ name: 'X-A', value: 'a\r\nX-B: s3cret' }] }, 'bad-header', /x-a/],
    [
      { url: 'http://x.test', headers: [{ name: 'Content-Length', value: '1' }] },
      'bad-header',
      /content-length/,
    ],
    [{ url: 'http://x.test', bodyType: 'json', jsonBody: '{"a": s3cret}' }, 'bad-body', /it has s where/],
    [{ url: 'http://x.test', bodyType: 'json', jsonBody: '{"a":1\n"b":2}' }, 'bad-body', /line 2, column 1/],
    [{ url: 'http://x.test', bodyType: 'json', jsonBody: '{"a":' }, 'bad-body', /too early/],
    [{ url: 'http://x.test', bodyType: 'json', jsonBody: '' }, 'bad-body', /empty/],
    [{ url: 'http://x.test', method: 'BREW' }, 'bad-parameters', /method is not one of/],
    [{ url: 42 }, 'bad-parameters', /url is not text/],
  ])('says what is wrong with it before sending %#', async (parameters, code, message) => {
    const { failure, error } = await failureOf(call(parameters as JsonObject));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    expect(error.nonRetryable).toBe(true);
    expect(JSON.stringify(failure)).not.toContain('s3cret');
  });
});

describe('the answer', () => {
  it.each([
    ['application/json', '{"a":1}', [{ json: { a: 1 } }]],
    ['application/json; charset=utf-8', '[{"a":1},{"a":2}]', [{ json: { a: 1 } }, { json: { a: 2 } }]],
    ['application/problem+json', '[1,"x"]', [{ json: { data: 1 } }, { json: { data: 'x' } }]],
    ['application/json', '[]', []],
    ['application/json', '7', [{ json: { data: 7 } }]],
    ['application/json', '', [{ json: {} }]],
    ['text/html', '<p>hi', [{ json: { data: '<p>hi' } }]],
    ['application/xml', '<a/>', [{ json: { data: '<a/>' } }]],
    [undefined, 'plain', [{ json: { data: 'plain' } }]],
    [undefined, '', [{ json: {} }]],
  ])('of type %s %s becomes items', async (type, body, items) => {
    expect(await call(send(type, body))).toEqual({ items });
  });

  it('comes whole with status and headers when asked for', async () => {
    const { items } = await call({ ...send('application/json', '[1]'), result: 'full' });
    expect(items).toHaveLength(1);
    expect(items[0]?.json).toMatchObject({
      body: [1],
      status: 200,
      statusText: 'OK',
      headers: { 'content-type': 'application/json' },
    });
  });

  it('to HEAD has no body, whatever its type', async () => {
    const head = { ...send('image/png', ''), method: 'HEAD' };
    expect(await call(head)).toEqual({ items: [{ json: {} }] });
  });

  it('is decompressed', async () => {
    expect(await call({ url: `${server.origin}/gzip` })).toEqual({ items: [{ json: { zipped: true } }] });
  });

  it.each([
    [() => send('image/png', 'x'), 'binary-response'],
    [() => send('text/plain; charset=nonsense', 'x'), 'binary-response'],
    [() => send('application/json', '<html>'), 'invalid-json'],
    [() => ({ url: `${server.origin}/huge` }), 'response-too-large'],
    [() => ({ url: `${server.origin}/bomb` }), 'response-too-large'],
    [() => ({ url: `${server.origin}/broken-gzip` }), 'bad-response'],
  ])('that cannot be carried on fails with a cause %#', async (parameters, code) => {
    const { failure, error } = await failureOf(call(parameters()));
    expect(failure.code).toBe(code);
    expect(failure.hint).toBeTruthy();
    expect(error.nonRetryable).toBe(true);
  });
});

describe('statuses', () => {
  const status = (code: number, more: JsonObject = {}): JsonObject => ({
    url: `${server.origin}/status?code=${code}`,
    ...more,
  });

  it.each([400, 401, 403, 404, 405, 409, 410, 415, 418, 422, 451])('%i fails for good', async (code) => {
    const { failure, error } = await failureOf(call(status(code)));
    expect(failure.code).toBe(`http-${code}`);
    expect(failure.message).toContain(`${server.host} answered ${code}`);
    expect(failure.message).toContain('no luck for you');
    expect(failure.details).toMatchObject({ status: code, method: 'GET' });
    expect(error.nonRetryable).toBe(true);
  });

  it.each([408, 425, 429, 500, 502, 503, 504])('%i is tried again', async (code) => {
    const { failure, error } = await failureOf(call(status(code)));
    expect(failure.code).toBe(`http-${code}`);
    expect([error.nonRetryable, error.nextRetryDelay]).toEqual([false, 1_000]);
  });

  it('waits as long as Retry-After says', async () => {
    const { error } = await failureOf(call({ url: `${server.origin}/status?code=429&retryAfter=12` }));
    expect(error.nextRetryDelay).toBe(12_000);
  });

  it.each([
    ['3', 3_000],
    ['Thu, 01 Jan 1970 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 1969 00:00:00 GMT', 0],
    ['99999999', 86_400_000],
    ['soon', undefined],
    [undefined, undefined],
  ])('reads Retry-After: %s', (header, ms) => {
    expect(readRetryAfter(header, 0)).toBe(ms);
  });

  it('are a result when the builder says so', async () => {
    const { items } = await call(status(404, { failOnStatus: false, result: 'full' }));
    expect(items[0]?.json).toMatchObject({ status: 404, statusText: 'Not Found', body: 'no luck for you' });
  });

  it('never show a secret that the service echoes', async () => {
    const headers = [{ name: 'Authorization', value: 'Bearer s3cret-token-123' }];
    const { failure } = await failureOf(call(status(401, { headers })));
    expect(failure.message).toContain('no luck for ***');
    expect(JSON.stringify(failure)).not.toContain('s3cret');
  });
});

describe('redirects', () => {
  const redirect = (code: number, to: string, more: JsonObject = {}): JsonObject => ({
    url: `${server.origin}/redirect`,
    query: [
      { name: 'code', value: code },
      { name: 'to', value: to },
    ],
    ...more,
  });
  const secretHeaders = [
    { name: 'Authorization', value: 'Bearer abc' },
    { name: 'Cookie', value: 'a=b' },
    { name: 'X-Api-Key', value: 'key' },
    { name: 'X-Trace', value: 'kept' },
  ];

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [301, 'PUT', 'PUT', 'hi'],
    [307, 'POST', 'POST', 'hi'],
    [308, 'POST', 'POST', 'hi'],
  ])('%i of %s becomes %s', async (code, method, after, body) => {
    const { items } = await call(redirect(code, '/echo', { method, bodyType: 'text', textBody: 'hi' }));
    expect(items[0]?.json).toMatchObject({ method: after, body });
  });

  it('take secrets along only within the origin', async () => {
    const within = await call(redirect(302, '/echo', { headers: secretHeaders }));
    expect(within.items[0]?.json.headers).toMatchObject({ authorization: 'Bearer abc', cookie: 'a=b' });
    const across = await call(redirect(302, `${other.origin}/echo`, { headers: secretHeaders }));
    const headers = across.items[0]?.json.headers;
    expect(headers).toMatchObject({ 'x-trace': 'kept', 'idempotency-key': 'run-1:n1:0', host: other.host });
    for (const name of ['authorization', 'cookie', 'x-api-key']) expect(headers).not.toHaveProperty(name);
  });

  it.each([
    [() => ({ url: `${server.origin}/circle` }), 'too-many-redirects'],
    [() => redirect(302, 'http://[nonsense'), 'bad-redirect'],
    [() => redirect(302, 'file:///etc/passwd'), 'bad-url'],
  ])('that lead nowhere fail %#', async (parameters, code) => {
    expect((await failureOf(call(parameters()))).failure.code).toBe(code);
  });
});

describe('private addresses', () => {
  it.each([
    ['http://2130706434/', '127.0.0.2'], // 127.0.0.2 as a number
    ['http://[::ffff:10.0.0.1]/', '::ffff:a00:1'],
    ['http://169.254.169.254/latest/meta-data/', '169.254.169.254'],
  ])('%s is refused for good, and says who can change that', async (url, host) => {
    const { failure, error } = await failureOf(call({ url }));
    expect(failure).toMatchObject({ code: 'address-blocked', message: expect.stringContaining(host) });
    expect(failure.hint).toContain('HIVIEX_ALLOW_PRIVATE_HOSTS');
    expect(error.nonRetryable).toBe(true);
  });

  it('are refused behind a redirect too', async () => {
    const query = [
      { name: 'code', value: '302' },
      { name: 'to', value: 'http://169.254.169.254/latest/meta-data/' },
    ];
    const { failure } = await failureOf(call({ url: `${server.origin}/redirect`, query }));
    expect(failure.code).toBe('address-blocked');
  });
});

describe('the network', () => {
  const unusedPort = async (): Promise<number> => {
    const tcp = createTcpServer();
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const { port } = tcp.address() as AddressInfo;
    await new Promise((resolve) => tcp.close(resolve));
    return port;
  };

  it('names host and port of a refused connection, and no secret of the URL', async () => {
    const port = await unusedPort();
    const { failure, error } = await failureOf(
      call({ url: `http://user:s3cret@127.0.0.1:${port}/s3cret?key=s3cret` }),
    );
    expect(failure.code).toBe('connection-refused');
    expect(failure.message).toContain(`127.0.0.1:${port}`);
    expect(JSON.stringify(failure)).not.toContain('s3cret');
    expect(error.nonRetryable).toBe(false);
  });

  it('says that a host is not known', async () => {
    const { failure, error } = await failureOf(call({ url: 'http://no-such-host.invalid/' }));
    expect(failure.code).toBe('host-not-found');
    expect(failure.message).toContain('no-such-host.invalid:80');
    expect(error.nonRetryable).toBe(false);
  });

  it.each(['/reset', '/cut'])('retries a connection that breaks (%s)', async (path) => {
    const { failure, error } = await failureOf(call({ url: server.origin + path }));
    expect(failure.code).toBe('connection-lost');
    expect(error.nonRetryable).toBe(false);
  });

  it('says when TLS meets a plain server', async () => {
    const { failure } = await failureOf(call({ url: `https://${server.host}/` }));
    expect(failure.code).toBe('bad-response');
    expect(failure.hint).toContain('http against https');
  });

  it('stops a request at the time limit', async () => {
    const { failure, error } = await failureOf(call({ url: `${server.origin}/slow` }, { timeoutMs: 100 }));
    expect(['step-timeout', 'http-timeout']).toContain(failure.code);
    expect(error.nonRetryable).toBe(false);
  });

  it('stops a request that is cancelled', async () => {
    const env = activityContext();
    slowRequestArrived = () => env.cancel();
    const work = call({ url: `${server.origin}/slow` }, {}, env);
    await expect(work).rejects.toBeInstanceOf(CancelledFailure);
  });
});
