/** Credentials and secret variables as HTTP nodes use them, against real servers and a real database. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { EffectInput, EffectResult } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { secretMarkerOf } from '../../contracts/variables.ts';
import { type Database, openDatabase } from '../../db/index.ts';
import { createWorkspace } from '../../db/testing/fixtures.ts';
import { createGuard, type Guard } from '../../outbound/guard/index.ts';
import { createActivities } from '../index.ts';
import { activityContext, effectInput, failureOf, startServer, type TestServer } from '../testing.ts';

/** An authorization server: refresh tokens work once, as the strict ones have it. */
function authorizationServer() {
  const state = {
    valid: new Set(['access-0']),
    refresh: 'refresh-0',
    asked: [] as string[],
    expiresIn: 3_600,
  };
  let made = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    state.asked.push(`${form.get('grant_type')} ${form.get('refresh_token') ?? ''}`.trim());
    const known =
      form.get('grant_type') === 'client_credentials' || form.get('refresh_token') === state.refresh;
    made += 1;
    const tokens = { access_token: `access-${made}`, refresh_token: `refresh-${made}` };
    if (known) {
      state.valid.add(tokens.access_token);
      state.refresh = tokens.refresh_token;
    }
    response.writeHead(known ? 200 : 400, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        known
          ? { ...tokens, token_type: 'bearer', expires_in: state.expiresIn }
          : { error: 'invalid_grant', error_description: `unknown ${form.get('refresh_token')}` },
      ),
    );
  };
  return { state, answer };
}

describe('an HTTP node with secrets', () => {
  const auth = authorizationServer();
  const logged: string[] = [];
  let db: Database;
  let guard: Guard;
  let server: TestServer;
  let other: TestServer;
  let workspace: string;
  let activities: ReturnType<typeof createActivities>;

  beforeAll(async () => {
    db = await openDatabase({ dataDir: 'memory://' });
    await db.migrate();
    workspace = await createWorkspace(db);
    guard = createGuard({ allow: '127.0.0.1' });
    const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
    activities = createActivities({ db, log, guard });
    const echo = (request: IncomingMessage, response: ServerResponse) => {
      const { url, headers } = request;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ url, headers }));
    };
    other = await startServer(echo);
    server = await startServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
      if (pathname === '/token') return void auth.answer(request, response);
      if (pathname === '/away') return void response.writeHead(302, { location: `${other.origin}/` }).end();
      if (pathname === '/protected' && !auth.state.valid.has(request.headers.authorization?.slice(7) ?? ''))
        return void response.writeHead(401).end();
      if (pathname === '/refuse') {
        response.writeHead(403, { 'content-type': 'text/plain' });
        return void response.end(`no entry with ${request.headers.authorization ?? searchParams.get('key')}`);
      }
      if (pathname === '/long') {
        response.writeHead(Number(searchParams.get('status')), { 'content-type': 'application/json' });
        return void response.end(
          ' '.repeat(10) + '-'.repeat(Number(searchParams.get('at'))) + request.headers.authorization,
        );
      }
      echo(request, response);
    });
  }, 60_000);
  afterAll(async () => {
    await activities[Symbol.asyncDispose]();
    await Promise.all([server.close(), other.close()]);
    await guard.close();
    await db.close();
  });

  const add = async (type: string, secrets: JsonObject, fields: JsonObject = {}): Promise<string> => {
    const name = `${type} ${Math.random()}`;
    const saved = await db.inWorkspace(workspace, ({ credentials }) =>
      credentials.create({ name, type, fields, secrets }),
    );
    if (saved.kind !== 'saved') throw new Error(saved.kind);
    return saved.credential.id;
  };
  const call = (
    path: string,
    parameters: JsonObject = {},
    over: Partial<EffectInput> = {},
  ): Promise<EffectResult> => {
    const input = effectInput({ url: server.origin + path, ...parameters }, over);
    input.context.workspace = over.context?.workspace ?? workspace;
    return activityContext().run(activities['http-request'], input);
  };
  const withCredential = (credential: string) => ({ authentication: 'credential', credential });

  it('sends them, and hides them in what comes back', async () => {
    const basic = await add('basic', { password: 'h1dden-pass' }, { user: 'ana' });
    const sent: string[] = [];
    server.onRequest((request) => void sent.push(request.headers.authorization ?? ''));
    const result = await call('/echo', withCredential(basic));
    expect(sent).toEqual([`Basic ${Buffer.from('ana:h1dden-pass').toString('base64')}`]);
    expect(result.items[0]?.json).toMatchObject({ headers: { authorization: '•••' } });

    const key = await add('api-key', { key: 'k&y w1th signs' }, { place: 'query', name: 'key' });
    const query = await call('/echo', withCredential(key));
    expect(query.items[0]?.json).toMatchObject({ url: '/echo?key=•••' });

    const failed = await failureOf(call('/refuse', withCredential(key)));
    expect(failed.failure.message).toContain('•••');
    expect(JSON.stringify([failed.failure, failed.error.message, failed.error.stack])).not.toContain('w1th');
    const said = logged.join('');
    for (const secret of ['h1dden-pass', 'w1th', Buffer.from('ana:h1dden-pass').toString('base64')])
      expect(said).not.toContain(secret);
  });

  it('hides them in the excerpt of an answer, wherever it is cut', async () => {
    const bearer = await add('bearer', { token: 'l0ng-secret-of-a-service' });
    for (const [status, at] of [
      [403, 980],
      [200, 175],
    ]) {
      const { failure } = await failureOf(call(`/long?status=${status}&at=${at}`, withCredential(bearer)));
      expect(JSON.stringify(failure)).toContain('---');
      expect(JSON.stringify(failure)).not.toContain('l0ng');
    }
  });

  it('does not take them to another origin, whatever the header is called', async () => {
    const id = await add('headers', {
      headers: [
        { name: 'X-Plain', value: 'plain-secret' },
        { name: 'Authorization', value: 'Custom abcdef' },
      ],
    });
    const { items } = await call('/away', withCredential(id));
    expect(items).toHaveLength(1);
    expect(items[0]?.json.headers).toMatchObject({ 'user-agent': 'Hiviex' });
    expect(Object.keys(items[0]?.json.headers ?? {})).not.toContain('x-plain');
    expect(Object.keys(items[0]?.json.headers ?? {})).not.toContain('authorization');
  });

  it('says what to do when the credential is gone, of another workspace, or of a kind that does not fit', async () => {
    const bearer = await add('bearer', { token: 'tttt' });
    const foreign = await createWorkspace(db);
    const context = { ...effectInput({}).context, workspace: foreign };
    const postgres = await add('postgres', { password: 'pppp' }, { host: 'h', database: 'd', user: 'u' });
    const codes = await Promise.all(
      [
        call('/echo', withCredential('absent')),
        call('/echo', withCredential(bearer), { context }),
        call('/echo', withCredential(postgres)),
      ].map(async (work) => {
        const { failure, error } = await failureOf(work);
        return [failure.code, error.nonRetryable, failure.hint !== undefined];
      }),
    );
    expect(codes).toEqual([
      ['credential-missing', true, true],
      ['credential-missing', true, true],
      ['credential-unfit', true, true],
    ]);
  });

  it('sends them to the hosts that they are for, and to no other', async () => {
    const seen: string[] = [];
    server.onRequest((request) => void seen.push(request.headers.authorization ?? ''));
    const held = (allowedHosts: string) => add('bearer', { token: 'h3ld-token' }, { allowedHosts });
    await call('/echo', withCredential(await held(`other.example, ${server.host}`)));
    expect(seen).toEqual(['Bearer h3ld-token']);
    for (const hosts of ['other.example', '*.127.0.0.1', other.host]) {
      const { failure, error } = await failureOf(call('/echo', withCredential(await held(hosts))));
      expect([failure.code, error.nonRetryable]).toEqual(['credential-not-for-host', true]);
      expect(failure.message).toContain(server.host);
    }
    // A token is not even fetched.
    auth.state.asked = [];
    const values = { tokenUrl: `${server.origin}/token`, clientId: 'client', allowedHosts: 'other.example' };
    const oauth2 = await add('oauth2', { clientSecret: 'client-secret' }, values);
    expect((await failureOf(call('/echo', withCredential(oauth2)))).failure.code).toBe(
      'credential-not-for-host',
    );
    expect([seen.length, auth.state.asked]).toEqual([1, []]);
    // A host that it is for sends the request on to one that it is not for.
    const away = await call('/away', withCredential(await held(server.host)));
    expect(Object.keys(away.items[0]?.json.headers ?? {})).not.toContain('authorization');
  });

  it('notes when it was used', async () => {
    const id = await add('bearer', { token: 'tttt' });
    const get = () => db.inWorkspace(workspace, ({ credentials }) => credentials.get(id));
    expect((await get())?.lastUsedAt).toBeUndefined();
    await call('/echo', withCredential(id));
    expect((await get())?.lastUsedAt).toBeDefined();
  });

  describe('of OAuth 2', () => {
    const addOAuth = async (
      fields: JsonObject,
      tokens?: { accessToken: string; refreshToken?: string; expiresAt?: number },
    ) => {
      const common = { tokenUrl: `${server.origin}/token`, clientId: 'client' };
      const id = await add('oauth2', { clientSecret: 'client-secret' }, { ...common, ...fields });
      await db.inWorkspace(workspace, async ({ credentials }) => {
        const opened = await credentials.open(id);
        if (opened && tokens) await credentials.save({ ...opened, tokens });
      });
      return id;
    };
    const byCode = { grant: 'authorizationCode', authorizationUrl: 'https://auth.example/authorize' };
    const tokensOf = async (id: string) =>
      (await db.inWorkspace(workspace, ({ credentials }) => credentials.open(id)))?.tokens;

    it('gets a token, keeps it, and gets another one when the service refuses it', async () => {
      const id = await addOAuth({ grant: 'clientCredentials', scope: 'read' });
      auth.state.asked = [];
      const first = await call('/protected', withCredential(id));
      expect(first.items[0]?.json).toMatchObject({ headers: { authorization: '•••' } });
      await call('/protected', withCredential(id));
      expect(auth.state.asked).toEqual(['client_credentials']);
      auth.state.valid.clear();
      await call('/protected', withCredential(id));
      expect(auth.state.asked).toEqual(['client_credentials', 'client_credentials']);
    });

    it('refreshes once though many steps find the token ended, and keeps the new refresh token', async () => {
      auth.state.asked = [];
      const id = await addOAuth(byCode, {
        accessToken: 'old-access',
        refreshToken: auth.state.refresh,
        expiresAt: Date.now() - 1,
      });
      const used = auth.state.refresh;
      const workers = [activities, createActivities({ db, log: pino({ level: 'silent' }), guard })];
      const input = effectInput({ url: `${server.origin}/protected`, ...withCredential(id) });
      input.context.workspace = workspace;
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, n) => activityContext().run(workers[n % 2]!['http-request'], input)),
      );
      expect(results).toHaveLength(20);
      expect(auth.state.asked).toEqual([`refresh_token ${used}`]);
      expect((await tokensOf(id))?.refreshToken).toBe(auth.state.refresh);
    });

    it('loses neither the refresh token nor an edit that comes while it refreshes', async () => {
      const id = await addOAuth(byCode, {
        accessToken: 'old',
        refreshToken: auth.state.refresh,
        expiresAt: 0,
      });
      const refreshing = call('/protected', withCredential(id));
      // Edits as the API makes them: opened, changed, saved when nobody else has saved.
      let edits = 0;
      for (let turn = 0; turn < 10; turn++) {
        await db.inWorkspace(workspace, async ({ credentials }) => {
          const opened = await credentials.open(id);
          if (!opened) throw new Error('gone');
          const saved = await credentials.save({ ...opened, name: `Edited ${id} ${edits}` });
          if (saved.kind === 'saved') edits += 1;
        });
      }
      await refreshing;
      const after = await db.inWorkspace(workspace, ({ credentials }) => credentials.open(id));
      expect(after?.name).toBe(`Edited ${id} ${edits - 1}`);
      expect(after?.tokens?.refreshToken).toBe(auth.state.refresh);
    });

    it('says that a person has to connect it, and never repeats the refused token', async () => {
      const never = await failureOf(call('/protected', withCredential(await addOAuth(byCode))));
      expect([never.failure.code, never.error.nonRetryable]).toEqual(['credential-not-connected', true]);
      const stale = await addOAuth(byCode, { accessToken: 'x', refreshToken: 'stale-refresh', expiresAt: 0 });
      const refused = await failureOf(call('/protected', withCredential(stale)));
      expect(refused.failure.code).toBe('credential-refused');
      expect(refused.failure.message).toContain('invalid_grant: unknown •••');
    });
  });

  describe('from variables', () => {
    const secretMarker = 'f00f';
    const marker = secretMarkerOf(secretMarker, 'TOKEN');

    it('stand where their marker stood, and nowhere else', async () => {
      await db.inWorkspace(workspace, ({ variables }) =>
        variables.put({ name: 'TOKEN', value: 'v4riable', secret: true }),
      );
      const headers = [{ name: 'X-Any', value: `Key ${marker}` }];
      const sent: (string | undefined)[] = [];
      server.onRequest((request) => void sent.push(request.headers['x-any']?.toString(), request.url));
      const result = await call(`/echo?${marker}`, { headers }, { secretMarker });
      expect(sent).toEqual(['Key v4riable', '/echo?v4riable']);
      expect(result.items[0]?.json).toMatchObject({ url: '/echo?•••', headers: { 'x-any': '•••' } });
      expect((await call('/away', { headers }, { secretMarker })).items[0]?.json).not.toMatchObject({
        headers: { 'x-any': expect.anything() },
      });
    });

    it('are not given for a marker that somebody else wrote', async () => {
      const forged = secretMarkerOf('0000', 'TOKEN');
      const body = [{ name: 'X-Any', value: forged }];
      expect((await call('/echo', { headers: body }, { secretMarker })).items[0]?.json).toMatchObject({
        headers: { 'x-any': forged },
      });
      expect((await call('/echo', { headers: body })).items[0]?.json).toMatchObject({
        headers: { 'x-any': forged },
      });
    });

    it('that are gone fail the step', async () => {
      const gone = secretMarkerOf(secretMarker, 'GONE');
      const { failure } = await failureOf(call(`/echo?${gone}`, {}, { secretMarker }));
      expect([failure.code, failure.message]).toEqual(['variable-missing', expect.stringContaining('GONE')]);
    });
  });
});
