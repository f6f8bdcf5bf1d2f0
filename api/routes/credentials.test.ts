/** Credentials and variables by the API, against real services. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { addPerson } from '../testing/people.ts';
import { apiKey, owner, startTestApi, type TestApi } from '../testing/test-api.ts';

const secret = 's3cret-of-the-owner';
const env = {
  HIVIEX_API_KEY: apiKey,
  HIVIEX_OWNER_EMAIL: owner.email,
  HIVIEX_OWNER_PASSWORD: owner.password,
  HIVIEX_ALLOW_PRIVATE_HOSTS: '127.0.0.1',
};

describe('credentials', () => {
  let api: TestApi;
  let service: Server;
  let origin: string;
  let challenge = '';
  /** Every answer, to look for secrets in. */
  const answers: string[] = [];

  beforeAll(async () => {
    api = await startTestApi({ env });
    service = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const json = (status: number, value: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      if (request.url !== '/token') {
        const known = request.headers.authorization === `Bearer ${secret}`;
        return void response
          .writeHead(known ? 200 : 401, known ? 'OK' : `no ${request.headers.authorization}`)
          .end();
      }
      const form = new URLSearchParams(body);
      const verified =
        createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url') === challenge;
      if (form.get('code') !== 'good' || !verified) return void json(400, { error: 'invalid_grant' });
      json(200, { access_token: secret, refresh_token: 'refresh-token', expires_in: 3600 });
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  }, 120_000);
  afterAll(async () => {
    service?.closeAllConnections();
    service?.close();
    await api?.close();
  });

  const call = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const answer = await api.call(method, path, body, headers);
    answers.push(JSON.stringify([answer.body, [...answer.headers]]));
    return answer;
  };
  const v1 = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    call(method, `/api/v1${path}`, body, headers);
  const add = async (name: string, type: string, values: object): Promise<string> => {
    const { status, body } = await v1('POST', '/credentials', { name, type, values });
    expect([status, body.errors]).toEqual([201, undefined]);
    return body.id;
  };
  const graphWith = (credential: string, url = 'https://a.example') => ({
    nodes: [
      { id: 'm', name: 'Start', type: 'manual-trigger', position: { x: 0, y: 0 } },
      {
        id: 'h',
        name: 'Call it',
        type: 'http-request',
        position: { x: 0, y: 0 },
        parameters: { url, authentication: 'credential', credential },
      },
    ],
    edges: [{ source: 'm', target: 'h' }],
  });

  it('are added, read and changed without a secret ever coming back', async () => {
    const id = await add('Mail list', 'api-key', { key: secret, name: 'X-Key' });
    const read = await v1('GET', `/credentials/${id}`);
    expect(read.body).toMatchObject({
      ...{ name: 'Mail list', type: 'api-key', secrets: ['key'], level: 'manage', revision: 1 },
      fields: { place: 'header', name: 'X-Key', testUrl: '' },
    });
    const renamed = await v1('PATCH', `/credentials/${id}`, { values: { name: 'X-Other' } });
    expect(renamed.body).toMatchObject({ fields: { name: 'X-Other' }, secrets: ['key'], revision: 2 });
    const stored = await api.db.inWorkspace(await workspace(), ({ credentials }) => credentials.open(id));
    expect(stored?.secrets).toEqual({ key: secret });
    // A required secret can't be emptied; one that is optional can.
    expect((await v1('PATCH', `/credentials/${id}`, { values: { key: null } })).status).toBe(400);
    const basic = await add('Basic', 'basic', { user: 'ana', password: secret });
    const emptied = await v1('PATCH', `/credentials/${basic}`, { values: { password: null } });
    expect(emptied.body.secrets).toEqual([]);
    expect((await v1('GET', '/credentials')).body.items.map(({ name }: { name: string }) => name)).toEqual([
      'Basic',
      'Mail list',
    ]);
  });

  it('send a saved secret nowhere else, unless it is given again', async () => {
    const asked: (string | undefined)[] = [];
    const listen = ({ headers }: IncomingMessage) => void asked.push(headers.authorization);
    const id = await add('Model', 'llm', { baseUrl: 'https://models.example/v1', apiKey: secret });
    const values = { baseUrl: `${origin}/v1` };
    service.on('request', listen);
    for (const [method, path, body] of [
      ['PATCH', `/credentials/${id}`, { values }],
      ['POST', '/credentials/test', { type: 'llm', id, values }],
    ] as const) {
      const refused = await v1(method, path, body);
      expect([refused.status, refused.body.code]).toEqual([422, 'secret-needed-again']);
      expect(refused.body.title).toContain('API key');
      expect(refused.body.errors).toMatchObject([{ field: 'values.apiKey', code: 'secret-needed-again' }]);
    }
    expect(asked).toEqual([]);
    service.off('request', listen);
    const known = { type: 'llm', id, values: { ...values, apiKey: secret } };
    expect((await v1('POST', '/credentials/test', known)).body.passed).toBe(true);
    expect((await v1('PATCH', `/credentials/${id}`, { values: known.values })).status).toBe(200);
    // As the form does it: everything that is no secret, changed or not.
    expect((await v1('PATCH', `/credentials/${id}`, { name: 'Models', values })).status).toBe(200);
    expect((await v1('POST', `/credentials/${id}/test`)).body.passed).toBe(true);
    await v1('DELETE', `/credentials/${id}`);
  });

  it('are refused with the field named: unknown types and fields, missing values, taken names', async () => {
    const errors = async (type: string, values: object, name = 'X') => {
      const { status, body } = await v1('POST', '/credentials', { name, type, values });
      return [status, body.code, body.errors?.[0]?.field];
    };
    expect(await errors('nope', {})).toEqual([400, 'invalid-request', 'type']);
    expect(await errors('bearer', {})).toEqual([400, 'invalid-request', 'values.token']);
    expect(await errors('bearer', { token: 'x', other: 1 })).toEqual([
      400,
      'invalid-request',
      'values.other',
    ]);
    expect(await errors('bearer', { token: 'x' }, 'Basic')).toEqual([409, 'name-taken', undefined]);
    expect((await v1('GET', '/credentials/absent')).status).toBe(404);
  });

  it('are put into automations only by who may use them', async () => {
    const id = await add('Payments', 'bearer', { token: secret });
    const made = await v1('POST', '/keys', { name: 'Builder', role: 'builder' });
    const builder = { authorization: `Bearer ${made.body.key}` };
    expect((await v1('GET', '/credentials', undefined, builder)).body.items).toEqual([]);
    const refused = await v1('POST', '/automations', { name: 'Mine', draft: graphWith(id) }, builder);
    expect([refused.status, refused.body.code]).toEqual([403, 'credential-not-shared']);
    expect(refused.body.title).toContain(`"Call it" uses the credential "${id}"`);
    expect(JSON.stringify(refused.body)).not.toContain('Payments');
    const own = await v1('POST', '/automations', { name: 'Ours', draft: graphWith(id) });
    expect(own.status).toBe(201);
    // What was there before stays; another one is new.
    const saved = await v1('PATCH', `/automations/${own.body.id}`, { draft: graphWith(id) }, builder);
    expect(saved.status).toBe(200);
    const other = await v1('PATCH', `/automations/${own.body.id}`, { draft: graphWith('other') }, builder);
    expect(other.status).toBe(403);
    // And it is sent nowhere else by who may not use it.
    const elsewhere = graphWith(id, 'https://evil.example/');
    const turned = await v1('PATCH', `/automations/${own.body.id}`, { draft: elsewhere }, builder);
    expect([turned.status, turned.body.code]).toEqual([403, 'credential-not-shared']);
    expect((await v1('PATCH', `/automations/${own.body.id}`, { draft: elsewhere })).status).toBe(200);
    expect((await v1('POST', `/automations/${own.body.id}/publish`)).status).toBe(200);
    expect((await v1('PATCH', `/automations/${own.body.id}`, { draft: graphWith(id) })).status).toBe(200);
    expect((await v1('POST', `/automations/${own.body.id}/publish`, undefined, builder)).status).toBe(200);
  });

  it('that published automations use are deleted only by force', async () => {
    const id = await add('In use', 'bearer', { token: secret });
    const { body } = await v1('POST', '/automations', { name: 'Daily report', draft: graphWith(id) });
    expect((await v1('POST', `/automations/${body.id}/publish`)).status).toBe(200);
    const refused = await v1('DELETE', `/credentials/${id}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'credential-in-use']);
    expect(refused.body.title).toContain('"Daily report"');
    // Who may delete it, and not see the automation, is told its id.
    const person = await addPerson(api, 'member', await workspace());
    const grantee = { type: 'user', id: person.id };
    expect((await v1('PUT', `/credentials/${id}/grants`, { grantee, level: 'manage' })).status).toBe(200);
    const hidden = await v1('DELETE', `/credentials/${id}`, undefined, person.headers);
    expect([hidden.status, hidden.body.code]).toEqual([409, 'credential-in-use']);
    expect(hidden.body.errors).toEqual([{ message: body.id, code: body.id }]);
    expect(JSON.stringify(hidden.body)).not.toContain('Daily report');
    expect((await v1('DELETE', `/credentials/${id}?force=true`)).status).toBe(204);
    expect((await v1('GET', `/credentials/${id}`)).status).toBe(404);
  });

  it('are tested at their service, by way of the guard', async () => {
    const test = async (type: string, values: object) => {
      const { body } = await v1('POST', '/credentials/test', { type, values });
      return body as { passed: boolean; message: string };
    };
    expect(await test('bearer', { token: secret, testUrl: `${origin}/me` })).toMatchObject({ passed: true });
    const wrong = await test('bearer', { token: 'wr0ng-token', testUrl: `${origin}/me` });
    expect(wrong).toEqual({ passed: false, message: 'The service answered 401 no •••.' });
    const inside = await test('bearer', { token: secret, testUrl: 'http://169.254.169.254/latest' });
    expect([inside.passed, inside.message]).toEqual([false, expect.stringContaining('169.254.169.254')]);
    expect((await test('llm', { baseUrl: `${origin}/v1`, apiKey: secret })).passed).toBe(true);
    expect((await test('postgres', { host: '10.0.0.1', database: 'd', user: 'u' })).passed).toBe(false);

    const smtp = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _, done) =>
        done(password === secret ? null : new Error('no'), { user: username }),
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    const { port } = smtp.server.address() as AddressInfo;
    const mail = { host: '127.0.0.1', port, tls: 'off', user: 'ana' };
    expect((await test('smtp', { ...mail, password: secret })).passed).toBe(true);
    expect((await test('smtp', { ...mail, password: 'other-password' })).passed).toBe(false);
    await new Promise<void>((resolve) => smtp.close(() => resolve()));

    const id = await add('Stored', 'bearer', { token: secret, testUrl: `${origin}/me` });
    expect((await v1('POST', `/credentials/${id}/test`)).body.passed).toBe(true);
    expect((await v1('GET', `/credentials/${id}`)).body.tested).toMatchObject({ passed: true });
  });

  it('of OAuth2 are connected by the person who began, with PKCE', async () => {
    const values = {
      grant: 'authorizationCode',
      authorizationUrl: `${origin}/authorize`,
      tokenUrl: `${origin}/token`,
      clientId: 'c',
    };
    const id = await add('Calendar', 'oauth2', values);
    expect((await v1('POST', `/credentials/${id}/connect`)).body.code).toBe('takes-a-person');
    const [me, other] = [await cookie(), await cookie()];
    const begun = await v1('POST', `/credentials/${id}/connect`, undefined, me);
    const url = new URL(begun.body.url);
    challenge = url.searchParams.get('code_challenge') ?? '';
    expect(url.searchParams.get('redirect_uri')).toBe(`${api.url}/oauth/callback`);
    const state = url.searchParams.get('state') ?? '';
    const back = async (query: Record<string, string>, headers: Record<string, string>) => {
      const response = await fetch(`${api.url}/oauth/callback?${new URLSearchParams(query)}`, {
        headers,
        redirect: 'manual',
      });
      return [response.status, response.headers.get('location')];
    };
    const page = '/settings/credentials?connect-error=';
    expect(await back({ state, code: 'good' }, other)).toEqual([303, `${page}foreign`]);
    expect(await back({ state: `${state}x`, code: 'good' }, me)).toEqual([303, `${page}expired`]);
    expect(await back({ state, error: 'access_denied' }, me)).toEqual([303, `${page}denied`]);
    expect(await back({ state, code: 'bad' }, me)).toEqual([303, `${page}refused`]);
    expect((await v1('GET', `/credentials/${id}`)).body.connected).toBe(false);
    expect(await back({ state, code: 'good' }, me)).toEqual([303, `/settings/credentials?connected=${id}`]);
    expect((await v1('GET', `/credentials/${id}`)).body).toMatchObject({ connected: true, revision: 2 });
    expect((await v1('POST', `/credentials/${id}/test`)).body.passed).toBe(true);
    // Another client: the old consent is worth nothing.
    const changed = await v1('PATCH', `/credentials/${id}`, { values: { clientId: 'd' } });
    expect(changed.body.connected).toBe(false);
  });

  it('variables: a plain one is shown, a secret one never again', async () => {
    expect((await v1('PUT', '/variables/REGION', { value: 'eu' })).body).toMatchObject({
      value: 'eu',
      secret: false,
    });
    const put = await v1('PUT', '/variables/TOKEN', { value: secret, secret: true });
    expect([put.status, put.body.value, put.body.secret]).toEqual([200, undefined, true]);
    expect((await v1('PUT', '/variables/1bad', { value: '' })).status).toBe(400);
    const { items } = (await v1('GET', '/variables')).body;
    expect(items).toMatchObject([{ name: 'REGION', value: 'eu' }, { name: 'TOKEN' }]);
    expect((await v1('DELETE', '/variables/REGION')).status).toBe(204);
    expect((await v1('DELETE', '/variables/REGION')).status).toBe(404);
  });

  it('left no secret in any answer, log line or audit row', async () => {
    const rows = await api.db.sql.query('select * from audit_events');
    const tables = await Promise.all(
      ['credentials', 'variables'].map((table) => api.db.sql.query(`select * from ${table}`)),
    );
    for (const text of [answers.join(''), api.logged.join(''), JSON.stringify(rows), JSON.stringify(tables)])
      expect(text.includes(secret)).toBe(false);
    expect(JSON.stringify(rows)).toContain('credential.connect');
  });

  const workspace = async () =>
    (await api.db.asSystem(({ accounts }) => accounts.firstWorkspace()))?.id ?? '';
  const cookie = async (): Promise<Record<string, string>> => {
    const { headers } = await api.call('POST', '/api/v1/session', owner, { origin: api.url });
    return {
      cookie: headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; '),
      origin: api.url,
    };
  };
});
