import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SendMailOptions } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { eventually } from '../../testing/eventually.ts';
import { graphOf, node, webhook } from '../../testing/graphs.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import { startTestTemporal, type TestTemporal } from '../../testing/test-temporal.ts';

let temporal: TestTemporal;
let api: TestApi;
beforeAll(async () => {
  temporal = await startTestTemporal();
  api = await startTestApi({ temporal: temporal.client });
  await temporal.work(api.writer);
  await publish('inbox-0123456789abcdef');
});
afterAll(async () => {
  await temporal.close();
  await api.close();
});

const inbox = '/hooks/mail/inbox-0123456789abcdef';

async function publish(address: string, parameters: Record<string, string> = {}) {
  const draft = graphOf(node('mail-trigger', { address, ...parameters }));
  const { body } = await api.call('POST', '/api/v1/automations', { name: 'Inbox', draft });
  return await api.call('POST', `/api/v1/automations/${body.id}/publish`);
}

function compose(options: SendMailOptions): Promise<Buffer> {
  const mail = { from: 'Ana Souza <ana@example.com>', to: 'inbox@example.com', subject: 'Olá', ...options };
  return new MailComposer(mail).compile().build();
}

async function deliver(path: string, body: BodyInit, headers: Record<string, string> = {}) {
  const response = await fetch(api.url + path, { method: 'POST', body, headers });
  return {
    status: response.status,
    repeated: response.headers.has('idempotent-replayed'),
    // biome-ignore lint/suspicious/noExplicitAny: looked into field by field
    body: (await response.json()) as any,
  };
}

const raw = (path: string, mail: Buffer, type = 'message/rfc822') =>
  deliver(path, new Uint8Array(mail), { 'content-type': type });

async function itemOf(run: string) {
  const { body } = await eventually(
    () => api.call('GET', `/api/v1/runs/${run}`),
    ({ body: read }) => read.state === 'succeeded',
  );
  expect(body.trigger).toBe('mail');
  return body.steps[0].outputs.main[0];
}

describe('a mail that is delivered', () => {
  it('starts a run with what it says', async () => {
    const mail = await compose({
      to: ['Inbox <inbox@example.com>', 'sales@example.com'],
      cc: 'boss@example.com',
      replyTo: 'reply@example.com',
      subject: 'Orçamento nº 7 – ação',
      text: 'Bom dia, coração',
      html: '<p>Bom dia</p>',
      date: new Date('2026-03-01T10:00:00Z'),
      messageId: '<one@example.com>',
      headers: { 'x-shop': 'Lisboa' },
    });
    const answer = await raw(inbox, mail);
    expect(answer.status).toBe(202);
    const { json, binary } = await itemOf(answer.body.run);
    expect(binary).toBeUndefined();
    expect(json).toMatchObject({
      from: { name: 'Ana Souza', address: 'ana@example.com' },
      to: [
        { name: 'Inbox', address: 'inbox@example.com' },
        { name: '', address: 'sales@example.com' },
      ],
      cc: [{ name: '', address: 'boss@example.com' }],
      replyTo: [{ name: '', address: 'reply@example.com' }],
      subject: 'Orçamento nº 7 – ação',
      text: expect.stringContaining('Bom dia, coração'),
      html: expect.stringContaining('<p>Bom dia</p>'),
      date: '2026-03-01T10:00:00.000Z',
      messageId: '<one@example.com>',
      inReplyTo: '',
      headers: { 'x-shop': 'Lisboa', 'message-id': '<one@example.com>' },
    });
  });

  it('gives its attachments as files, byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 3_000 }, (_, n) => n % 256));
    const answer = await raw(
      inbox,
      await compose({
        text: 'two',
        attachments: [
          { filename: 'ação.pdf', content: bytes, contentType: 'application/pdf' },
          { filename: '../../etc/notes.txt', content: 'olá' },
        ],
      }),
    );
    const { binary } = await itemOf(answer.body.run);
    expect(binary).toMatchObject({
      attachment_0: { fileName: 'ação.pdf', mimeType: 'application/pdf', bytes: 3_000 },
      attachment_1: { fileName: 'notes.txt', mimeType: 'text/plain' },
    });
    const kept = await api.objects.store.get(binary.attachment_0.key);
    expect(Buffer.concat(await kept.toArray())).toEqual(bytes);
  });

  it('starts one run however often it comes, and keeps its files once', async () => {
    const mail = await compose({
      text: 'again',
      messageId: '<again@example.com>',
      attachments: [{ filename: 'a.txt', content: 'a' }],
    });
    const answers = await Promise.all(Array.from({ length: 4 }, () => raw(inbox, mail)));
    const later = await raw(inbox, mail, 'text/plain');
    expect(new Set([...answers, later].map(({ body }) => body.run)).size).toBe(1);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(later).toMatchObject({ status: 202, repeated: true });
    const { binary } = await itemOf(later.body.run);
    expect(await (await api.objects.store.get(binary.attachment_0.key)).toArray()).toHaveLength(1);
  });

  it('is told apart by its bytes when it has no Message-ID', async () => {
    const bare = (body: string) => Buffer.from(`From: a@example.com\r\nSubject: bare\r\n\r\n${body}`);
    const first = await raw(inbox, bare('one'), 'application/octet-stream');
    const same = await raw(inbox, bare('one'));
    const other = await raw(inbox, bare('two'));
    expect(same).toMatchObject({ repeated: true, body: { run: first.body.run } });
    expect(other.body.run).not.toBe(first.body.run);
    expect((await itemOf(other.body.run)).json).toMatchObject({ to: [], date: null, messageId: '' });
  });
});

describe('what mail services wrap it in', () => {
  it('is unwrapped: Postmark, SendGrid, Mailgun', async () => {
    const mail = (id: string) => compose({ text: 'coração', messageId: `<${id}@example.com>` });
    const json = await deliver(
      inbox,
      JSON.stringify({ From: 'x', RawEmail: (await mail('postmark')).toString() }),
      { 'content-type': 'application/json' },
    );
    const form = new FormData();
    form.set('spam_score', '0');
    form.set('email', (await mail('sendgrid')).toString());
    const multipart = await deliver(inbox, form);
    const file = new FormData();
    file.set('email', new Blob([new Uint8Array(await mail('file'))]), 'mail.eml');
    const upload = await deliver(inbox, file);
    const fields = new URLSearchParams({ recipient: 'x', 'body-mime': (await mail('mailgun')).toString() });
    const urlencoded = await deliver(`${inbox}/mime`, fields);
    const ids = [];
    for (const { body } of [json, multipart, upload, urlencoded]) {
      const item = await itemOf(body.run);
      expect(item.json.text.trim()).toBe('coração');
      ids.push(item.json.messageId);
    }
    expect(ids).toEqual(['postmark', 'sendgrid', 'file', 'mailgun'].map((id) => `<${id}@example.com>`));
  });

  it('is read byte for byte: 8-bit parts are in the charset that they name', async () => {
    const latin = Buffer.from(
      'From: a@example.com\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\ncoração',
      'latin1',
    );
    const boundary = 'b0undary';
    const body = Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="email"\r\n\r\n`),
      latin,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const answer = await raw(inbox, body, `multipart/form-data; boundary=${boundary}`);
    expect((await itemOf(answer.body.run)).json.text.trim()).toBe('coração');
  });
});

describe('what is refused', () => {
  it('has no mail in it', async () => {
    const json = { 'content-type': 'application/json' };
    const unreadable = { status: 422, body: { code: 'mail-unreadable' } };
    expect(await deliver(inbox, '{"From":"a@b.c","TextBody":"parsed"}', json)).toMatchObject(unreadable);
    expect(await deliver(inbox, new URLSearchParams({ text: 'parsed' }))).toMatchObject(unreadable);
    expect(await raw(inbox, Buffer.from('just some text'))).toMatchObject(unreadable);
    expect(await raw(inbox, Buffer.from('--x'), 'multipart/form-data; boundary=y')).toMatchObject(unreadable);
    expect(await raw(inbox, Buffer.from('x'), 'multipart/form-data')).toMatchObject(unreadable);
    expect(await deliver(inbox, '{', json)).toMatchObject({ status: 400, body: { code: 'invalid-json' } });
    const image = await raw(inbox, Buffer.from('x'), 'image/png');
    expect(image).toMatchObject({ status: 415, body: { code: 'unsupported-body' } });
  });

  it('is too large: its text, or the whole of it', async () => {
    const long = await raw(inbox, await compose({ text: 'x'.repeat(120_000) }));
    expect(long).toMatchObject({ status: 413, body: { code: 'too-large' } });
    const many = Array.from({ length: 101 }, (_, n) => ({ filename: `${n}.txt`, content: 'x' }));
    expect(await raw(inbox, await compose({ attachments: many }))).toMatchObject({ status: 413 });
  });

  it('goes to an address that nobody has', async () => {
    const mail = await compose({ text: 'x' });
    const missing = { status: 404, body: { code: 'webhook-not-found' } };
    expect(await raw('/hooks/mail/nobody', mail)).toMatchObject(missing);
    const { status } = await fetch(api.url + inbox);
    expect(status).toBe(404);
  });

  it('lacks the password of the address', async () => {
    const secret = { value: 'open sesame', secret: true };
    await api.call('PUT', '/api/v1/variables/MAIL_PASSWORD', secret);
    expect((await publish('short', { keyVariable: 'MAIL_PASSWORD' })).status).toBe(200);
    const mail = await compose({ text: 'x' });
    const basic = (password: string) => ({
      'content-type': 'message/rfc822',
      authorization: `Basic ${Buffer.from(`hiviex:${password}`).toString('base64')}`,
    });
    const at = (headers: Record<string, string>) =>
      deliver('/hooks/mail/short', new Uint8Array(mail), headers);
    const refused = { status: 401, body: { code: 'mail-key' } };
    expect(await raw('/hooks/mail/short', mail)).toMatchObject(refused);
    expect(await raw('/hooks/mail/short?key=wrong', mail)).toMatchObject(refused);
    expect(await at(basic('wrong'))).toMatchObject(refused);
    expect(await at(basic('open sesame'))).toMatchObject({ status: 202 });
    expect(await raw('/hooks/mail/short?key=open%20sesame', mail)).toMatchObject({ repeated: true });
    await publish('unset', { keyVariable: 'NOT_SET' });
    expect(await raw('/hooks/mail/unset?key=', mail)).toMatchObject(refused);
  });
});

it('an address that can be guessed, or that is taken, is not published', async () => {
  expect(await publish('sales')).toMatchObject({ status: 422, body: { code: 'invalid-graph' } });
  expect(await publish('inbox-0123456789abcdef')).toMatchObject({
    status: 409,
    body: { code: 'address-taken' },
  });
});

it('a webhook that was named like a mail address goes on', async () => {
  const { body } = await api.call('POST', '/api/v1/automations', { name: 'Old', draft: webhook('mail/old') });
  await api.call('POST', `/api/v1/automations/${body.id}/publish`);
  expect(await api.call('POST', '/hooks/mail/old', { a: 1 })).toMatchObject({ status: 202 });
});
