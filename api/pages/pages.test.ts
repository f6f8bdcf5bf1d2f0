/**
 * Forms, approvals by mail and in the API, resume links and signals, with the real engine on a real Temporal server. Over 300 lines: the
 * cases share the server, which takes seconds to start.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Graph } from '../../contracts/graph.ts';
import { drawGraph } from '../../engine/run/test-graphs.ts';
import { temporalBinary } from '../../scripts/stack/test-tools.ts';
import { type RunningEngine, startEngine } from '../../tests/replay/running-engine.ts';
import { eventually } from '../testing/eventually.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let engine: RunningEngine;
let api: TestApi;

beforeAll(async () => {
  engine = await startEngine({ binary: temporalBinary() });
  api = await startTestApi({ temporal: engine.client, db: engine.db });
}, 180_000);
afterAll(async () => {
  await api?.close();
  await engine?.close();
}, 60_000);

async function publish(draft: Graph): Promise<string> {
  const { body } = await api.call('POST', '/api/v1/automations', { name: 'Refunds', draft });
  const published = await api.call('POST', `/api/v1/automations/${body.id}/publish`);
  expect(published.body).toMatchObject({ version: { published: true } });
  return body.id;
}

/** As a browser without an account. */
const browse = (path: string, fields?: Record<string, string>) =>
  fetch(new URL(path, api.url), {
    redirect: 'manual',
    headers: { accept: 'text/html', 'accept-language': 'en' },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  });

const onceOf = (page: string) => /name="once" value="([^"]+)"/.exec(page)?.[1] ?? '';

/** The path behind the button of the newest mail to an address. */
async function linkMailedTo(to: string): Promise<string> {
  const mails = await eventually(
    async () => (await engine.mailer.outbox!.list()).filter((mail) => mail.to === to),
    (found) => found.length > 0,
  );
  const mail = await engine.mailer.outbox!.read(mails[0]!.id);
  return /https:\/\/hiviex\.test(\/\S+)/.exec(mail!.text)![1]!;
}

const ask = { title: '=Refund of {{ $json.amount }} to {{ $json.name }}', comment: 'onRejection' };

describe('a form that leads to an approval and to a second page', () => {
  it('goes all the way, by people who have no account', async () => {
    await publish(
      drawGraph(
        [
          [
            'Form',
            'form-trigger',
            {
              path: 'refund',
              title: 'Ask for a refund',
              description: '**Bold** <script>alert(1)</script>',
              thanks: 'It is on its *way*.',
              fields: [
                { label: 'Name', required: true },
                { label: 'Amount', type: 'number' },
              ],
            },
          ],
          [
            'Ask',
            'approval',
            {
              ...ask,
              approvers: [{ kind: 'email', who: 'Boss@example.com' }],
              fields: [{ label: 'Account', required: true }],
            },
          ],
          ['Page', 'form-page', { title: '=Which account, {{ $json.name }}?', fields: [{ label: 'IBAN' }] }],
          ['End', 'no-op'],
        ],
        ['Form > Ask', 'Ask.approved > Page', 'Page > End'],
      ),
    );
    const page = await browse('/forms/refund');
    const shown = await page.text();
    expect(page.status).toBe(200);
    expect(shown).toContain('<strong>Bold</strong> &lt;script&gt;');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");

    const empty = await browse('/forms/refund', { once: onceOf(shown), 'f.name': '', 'f.amount': 'x' });
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain('This is needed.');

    const fields = { once: onceOf(shown), 'f.name': 'Ana <b>', 'f.amount': '9,5' };
    const [sent, again] = [await browse('/forms/refund', fields), await browse('/forms/refund', fields)];
    expect(sent.status).toBe(303);
    // The same page sent twice is one run.
    expect(again.headers.get('location')).toBe(sent.headers.get('location'));
    const followed = sent.headers.get('location')!;

    const link = await linkMailedTo('Boss@example.com');
    const question = await browse(link);
    expect(await question.text()).toContain('Refund of 9.5 to Ana &lt;b&gt;');
    const silent = await browse(link, { decision: 'rejected', comment: '', 'f.account': '' });
    expect(silent.status).toBe(422);
    expect(await silent.text()).toContain('Say why.');
    const incomplete = await browse(link, { decision: 'approved', comment: '', 'f.account': '' });
    expect(await incomplete.text()).toContain('This is needed.');
    const decided = await browse(link, { decision: 'approved', comment: 'ok', 'f.account': '4711' });
    expect(decided.status).toBe(200);
    const late = await eventually(
      () => browse(link, { decision: 'rejected', comment: 'no!' }),
      ({ status }) => status === 409,
    );
    expect(await late.text()).toContain('You have decided this already.');

    const next = await eventually(
      () => browse(followed),
      ({ status }) => status === 303,
    );
    const second = next.headers.get('location')!;
    expect(await (await browse(second)).text()).toContain('Which account, Ana &lt;b&gt;?');
    const last = await browse(second, { 'f.iban': 'PT50' });
    expect(last.headers.get('location')).toBe(second);
    const twice = await browse(second, { 'f.iban': 'DE00' });
    expect(twice.status).toBe(409);
    expect(await twice.text()).toContain('This link was used already.');
    const end = await eventually(
      async () => (await browse(second)).text(),
      (text) => text.includes('on its <em>way</em>'),
    );
    expect(end).toContain('Thank you');

    const { body: runs } = await api.call('GET', '/api/v1/runs?trigger=form');
    expect(runs.items).toHaveLength(1);
    // The workers write their records a moment after the page has come.
    const { body: run } = await eventually(
      () => api.call('GET', `/api/v1/runs/${runs.items[0].id}`),
      ({ body }) => body.state === 'succeeded',
    );
    const step = run.steps.find(({ node }: { node: string }) => node === 'Ask');
    expect(step.outputs.approved[0].json.approval).toMatchObject({
      decision: 'approved',
      comment: 'ok',
      fields: { account: '4711' },
      decisions: [{ name: 'Boss@example.com', approver: 'email:boss@example.com' }],
    });
  });

  it('takes files by those who opened its page, of the types that its fields take, into the run', async () => {
    const file = { label: 'CV', type: 'file', accept: 'image/png', required: true };
    const automation = await publish(
      drawGraph(
        [
          ['Form', 'form-trigger', { path: 'jobs', fields: [{ label: 'Name' }, file] }],
          ['Page', 'form-page', { title: 'One more', fields: [{ label: 'Letter', type: 'file' }] }],
        ],
        ['Form > Page'],
      ),
    );
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    const send = (path: string, name: string, bytes: Uint8Array, type: string, fileName: string) => {
      const form = new FormData();
      form.set('f.name', 'Ana');
      form.set(name, new Blob([new Uint8Array(bytes)], { type }), fileName);
      form.set('f.other', new Blob(['not asked for']), 'other.txt');
      return fetch(new URL(path, api.url), { method: 'POST', body: form, redirect: 'manual' });
    };
    const stored = async () => {
      const keys: string[] = [];
      for await (const { key } of api.objects.store.list('w/')) if (key.includes('/f/')) keys.push(key);
      return keys.filter((key) => !before.includes(key));
    };
    let before: string[] = [];
    before = await stored();

    const shown = await (await browse('/forms/jobs')).text();
    expect(shown).toContain('accept="image/png"');
    const path = `/forms/jobs${/action="([^"]+)"/.exec(shown)![1]!}`;
    for (const forged of ['/forms/jobs', path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))]) {
      const refused = await send(forged, 'f.cv', png, 'image/png', 'me.png');
      expect(refused.status).toBe(410);
      expect(await refused.text()).toContain('Open the form anew');
    }
    const other = await send(path, 'f.cv', Buffer.from('text'), 'text/plain', 'cv.txt');
    expect([other.status, await other.text()]).toEqual([
      422,
      expect.stringContaining('What is taken: image/png.'),
    ]);
    const lying = await send(path, 'f.cv', Buffer.from('%PDF-1.7'), 'image/png', 'me.png');
    expect([lying.status, await lying.text()]).toEqual([
      422,
      expect.stringContaining('not what its name says'),
    ]);
    expect(await stored()).toEqual([]);

    const taken = await send(path, 'f.cv', png, 'image/png', 'me.png');
    const again = await send(path, 'f.cv', png, 'image/png', 'me.png');
    expect([taken.status, again.headers.get('location')]).toEqual([303, taken.headers.get('location')]);
    expect(await stored()).toHaveLength(1);
    const next = await eventually(
      () => browse(taken.headers.get('location')!),
      ({ status }) => status === 303,
    );
    const page = next.headers.get('location')!;
    expect((await send(page, 'f.letter', Buffer.from('Dear'), 'text/plain', 'letter.txt')).status).toBe(303);
    expect((await send(page, 'f.letter', Buffer.from('Twice'), 'text/plain', 'letter.txt')).status).toBe(409);
    expect(await stored()).toHaveLength(2);
    const { body: runs } = await api.call('GET', `/api/v1/runs?automation=${automation}`);
    const { body: run } = await eventually(
      () => api.call('GET', `/api/v1/runs/${runs.items[0].id}`),
      ({ body }) => body.state === 'succeeded',
    );
    const filesOf = (node: string) =>
      run.steps.find((step: { node: string }) => step.node === node).outputs.main[0].binary;
    expect(filesOf('Form')).toEqual({ cv: expect.objectContaining({ fileName: 'me.png', bytes: 16 }) });
    expect(filesOf('Page')).toMatchObject({ letter: { fileName: 'letter.txt', bytes: 4 } });
  });

  it('starts nothing for a program that fills in every field', async () => {
    const automation = await publish(
      drawGraph([['Form', 'form-trigger', { path: 'trap', fields: [{ label: 'Name' }] }]], []),
    );
    const sent = await browse('/forms/trap', { 'f.name': 'Bot', website: 'https://spam.example' });
    expect(sent.status).toBe(303);
    const { body } = await api.call('GET', `/api/v1/runs?automation=${automation}`);
    expect(body.items).toEqual([]);
  });

  it('says clearly what is not there', async () => {
    const none = await browse('/forms/none');
    expect(none.status).toBe(404);
    expect(await none.text()).toContain('There is no form at this address.');
    for (const path of ['/approve/a.b', '/forms/page/a.b', '/hooks/resume/a.b']) {
      const invalid = await browse(path);
      expect(invalid.status).toBe(404);
      expect(await invalid.text()).toContain('This link is not valid.');
    }
  });
});

describe('a resume link', () => {
  const graph = (parameters = {}) =>
    drawGraph(
      [
        ['Start', 'manual-trigger'],
        ['Link', 'edit-fields', { assignments: [{ name: 'link', value: '={{ $execution.resumeUrl }}' }] }],
        ['Slow', 'wait', { amount: 0.5, unit: 'seconds' }],
        ['Wait', 'wait', { mode: 'webhook', ...parameters }],
        ['Respond', 'no-op'],
      ],
      ['Start > Link', 'Link > Slow', 'Slow > Wait', 'Wait > Respond'],
    );

  async function start(parameters = {}): Promise<{ run: string; path: string }> {
    const automation = await publish(graph(parameters));
    const { body } = await api.call('POST', `/api/v1/automations/${automation}/runs`, {});
    const { body: run } = await eventually(
      () => api.call('GET', `/api/v1/runs/${body.id}`),
      ({ body: { steps } }) =>
        steps.some(
          (step: { node: string; state: string }) => step.node === 'Link' && step.state === 'succeeded',
        ),
    );
    const step = run.steps.find(({ node }: { node: string }) => node === 'Link');
    return { run: body.id, path: new URL(step.outputs.main[0].json.link).pathname };
  }

  const ended = (run: string) =>
    eventually(
      () => api.call('GET', `/api/v1/runs/${run}`),
      ({ body }) => body.state === 'succeeded',
    );

  it('works before its wait has begun, once, and tells the second caller', async () => {
    const { run, path } = await start();
    const answers = await Promise.all([1, 2, 3].map((n) => api.call('POST', path, { n }, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
    const first = answers.findIndex(({ status }) => status === 202) + 1;
    const { body } = await ended(run);
    const step = body.steps.find(({ node }: { node: string }) => node === 'Wait');
    expect(step.outputs.main[0].json).toMatchObject({ body: { n: first }, query: {} });
    const after = await api.call('POST', path, {}, {});
    expect(after).toMatchObject({ status: 409, body: { code: 'link-used', run } });
  });

  it('shows a button to a browser: a preview of the link resumes nothing', async () => {
    const { run, path } = await start({ answer: 'text', answerText: 'Danke' });
    const page = await browse(path);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<button>Continue</button>');
    expect((await api.call('GET', path, undefined, {})).status).toBe(405);
    const pressed = await browse(path, {});
    expect([pressed.status, await pressed.text()]).toEqual([200, 'Danke']);
    await ended(run);
  });

  it('says that it is too late when the wait or the run is over', async () => {
    const timed = await start({ limitWait: true, limitAmount: 0.1, limitUnit: 'seconds' });
    await ended(timed.run);
    expect((await api.call('POST', timed.path, {}, {})).body).toMatchObject({
      code: 'wait-over',
      status: 410,
    });
    const cancelled = await start();
    await api.call('POST', `/api/v1/runs/${cancelled.run}/cancel`);
    await eventually(
      () => api.call('GET', `/api/v1/runs/${cancelled.run}`),
      ({ body }) => body.state === 'cancelled',
    );
    expect((await api.call('POST', cancelled.path, {}, {})).body).toMatchObject({
      code: 'run-over',
      status: 410,
    });
  });

  it('is for its own step only', async () => {
    const { path } = await start();
    const token = path.split('/').at(-1)!;
    const [payload = '', signature = ''] = token.split('.');
    const parts = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const other = Buffer.from(JSON.stringify([...parts.slice(0, 4), 1])).toString('base64url');
    expect((await api.call('POST', `/hooks/resume/${other}.${signature}`, {}, {})).status).toBe(404);
    expect((await browse(`/approve/${token}`)).status).toBe(404);
  });
});

describe('a signal', () => {
  it('reaches the run that waits for it, is heard once by its key, and is refused after the end', async () => {
    const automation = await publish(
      drawGraph(
        [
          ['Start', 'manual-trigger'],
          ['Wait', 'wait', { mode: 'signal', signal: 'paid' }],
        ],
        ['Start > Wait'],
      ),
    );
    const { body: run } = await api.call('POST', `/api/v1/automations/${automation}/runs`, {});
    const path = `/api/v1/runs/${run.id}/signals/paid`;
    expect(await api.call('POST', path, { amount: 5 })).toMatchObject({
      status: 202,
      body: { signal: 'paid' },
    });
    const { body } = await eventually(
      () => api.call('GET', `/api/v1/runs/${run.id}`),
      ({ body: { state } }) => state === 'succeeded',
    );
    const step = body.steps.find(({ node }: { node: string }) => node === 'Wait');
    expect(step.outputs.main[0].json).toMatchObject({
      signal: 'paid',
      body: { amount: 5 },
      by: { kind: 'api-key' },
    });
    expect((await api.call('POST', path, {})).body).toMatchObject({ code: 'run-ended' });
  });
});
