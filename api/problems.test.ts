import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { text } from '../contracts/text.ts';
import { ApiProblem, languageOf, notFound, problemBody, toProblem } from './problems.ts';
import { startTestApi, type TestApi } from './testing/test-api.ts';

describe('languageOf', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
    ['en;q=0.5, pt;q=0.9', 'pt'],
    ['fr, en-GB;q=0.7, pt;q=0.2', 'en'],
    ['fr', 'en'],
    ['pt;q=0, en', 'en'],
  ])('reads %p as %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

describe('problemBody', () => {
  it('speaks the language, nouns and field errors too', () => {
    const problem = new ApiProblem(
      'invalid-graph',
      {},
      { errors: [{ message: text('bad', 'ruim'), field: 'x' }] },
    );
    expect(problemBody(problem, 'pt').errors).toEqual([{ message: 'ruim', field: 'x' }]);
    expect(problemBody(notFound('run'), 'pt').title).toBe('Não existe: execução.');
    expect(problemBody(notFound('run'), 'en')).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('toProblem', () => {
  it('tells nothing of what broke, but its id, under which the log has it all', () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    const body = problemBody(toProblem(new Error('password=hunter2'), log), 'en');
    expect(body).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(body)).not.toContain('hunter2');
    const id = body.instance!.replace('urn:uuid:', '');
    expect(lines.join('')).toContain(id);
    expect(lines.join('')).toContain('hunter2');
  });
});

describe('the API', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it('answers an unknown address with a problem in the language of the caller', async () => {
    const headers = { 'accept-language': 'pt-BR' };
    const { status, headers: answered, body } = await api.call('GET', '/api/v1/nothing', undefined, headers);
    expect(status).toBe(404);
    expect(answered.get('content-type')).toContain('application/problem+json');
    expect(answered.get('content-language')).toBe('pt');
    expect(body.title).toBe('Não existe: endereço.');
  });

  it('names what is wrong with a body', async () => {
    const broken = await api.call('POST', '/api/v1/automations', '{"name": ');
    expect(broken).toMatchObject({ status: 400, body: { code: 'invalid-json' } });
    const wrong = await api.call('POST', '/api/v1/automations', { name: '' });
    expect(wrong).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', errors: [{ field: 'name' }] },
    });
    const type = {
      authorization: 'Bearer hvx_test_0123456789012345678901234567890',
      'content-type': 'text/xml',
    };
    const xml = await api.call('POST', '/api/v1/automations', '<a/>', type);
    expect(xml).toMatchObject({ status: 415, body: { code: 'unsupported-body' } });
    const large = await api.call('POST', '/api/v1/automations', {
      name: 'x',
      description: 'x'.repeat(200_000),
    });
    expect(large).toMatchObject({ status: 413, body: { code: 'too-large' } });
  });

  it('asks for a credential, and takes no wrong one', async () => {
    expect((await api.call('GET', '/api/v1/automations', undefined, {})).status).toBe(401);
    const wrong = { authorization: 'Bearer hvx_wrong_123456789012345678901234567890' };
    expect(await api.call('GET', '/api/v1/automations', undefined, wrong)).toMatchObject({
      status: 401,
      body: { code: 'unauthorized' },
    });
  });

  it('is alive, and not ready while Temporal is away', async () => {
    expect(await api.call('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await api.call('GET', '/readyz')).toMatchObject({
      status: 503,
      body: { status: 'down', database: 'ok', temporal: 'down' },
    });
  });

  it('says which dependency is away when a run can not start', async () => {
    const draft = {
      nodes: [{ id: 'm', name: 'Start', type: 'manual-trigger', position: { x: 0, y: 0 }, parameters: {} }],
    };
    const { body: automation } = await api.call('POST', '/api/v1/automations', { name: 'a', draft });
    const started = await api.call('POST', `/api/v1/automations/${automation.id}/runs`, { draft: true });
    expect(started).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(started.body.title).toContain('Temporal');
  });
});
