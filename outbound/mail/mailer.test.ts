/** Mail through a real SMTP server of the test, read by a real parser; and kept in a folder when there is no server. */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { createMailer, type Mailer, MailNotSent, renderMail } from './index.ts';

interface Received {
  from: string;
  /** Of the envelope: who really gets it. */
  to: string[];
  user: string | undefined;
  raw: string;
  parsed: ParsedMail;
}

const MAIL_FROM = 'Hiviex da Ana <no-reply@hiviex.test>';
const content = renderMail({
  language: 'pt',
  title: 'Entre na Hiviex',
  lines: ['Alguém pediu este link. Não foi você? Então não faça nada.'],
  action: { label: 'Entrar', url: `https://hiviex.test/auth?token=${'x'.repeat(300)}&b=1` },
});

let server: SMTPServer;
let url: string;
let folder: string;
const received: Received[] = [];
const mailers: Mailer[] = [];

const mailerOf = (over: Partial<Parameters<typeof createMailer>[0]> = {}): Mailer => {
  const mailer = createMailer({ MAIL_FROM, HIVIEX_DATA_DIR: folder, SMTP_URL: undefined, ...over });
  mailers.push(mailer);
  return mailer;
};

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _, done) =>
      password === 'p:ss/wörd' ? done(null, { user: username }) : done(new Error('wrong password')),
    onRcptTo({ address }, _, done) {
      const code = { 'unknown@hiviex.test': 550, 'busy@hiviex.test': 450 }[address];
      done(code ? Object.assign(new Error('no'), { responseCode: code }) : null);
    },
    async onData(stream, { envelope, user }, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      const raw = Buffer.concat(chunks);
      received.push({
        from: envelope.mailFrom ? envelope.mailFrom.address : '',
        to: envelope.rcptTo.map(({ address }) => address),
        user,
        raw: raw.toString('latin1'),
        parsed: await simpleParser(raw),
      });
      done();
    },
  });
  server.on('error', () => undefined); // connections that the failing tests cut
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hiviex-mail-'));
  received.length = 0;
});
afterEach(async () => {
  await Promise.all(mailers.splice(0).map((mailer) => mailer.close()));
  rmSync(folder, { recursive: true });
});
afterAll(async () => await new Promise<void>((resolve) => server.close(resolve)));

describe('a mailer with SMTP_URL', () => {
  it('sends text and HTML with every letter intact', async () => {
    const mailer = mailerOf({ SMTP_URL: url });
    await mailer.send({ to: 'ana@hiviex.test', subject: 'Olá, é só um clique ✓', ...content });
    expect(received).toHaveLength(1);
    const [{ parsed, ...mail }] = received as [Received];
    expect(mail).toMatchObject({ from: 'no-reply@hiviex.test', to: ['ana@hiviex.test'] });
    expect(parsed.subject).toBe('Olá, é só um clique ✓');
    expect(parsed.from?.text).toBe('"Hiviex da Ana" <no-reply@hiviex.test>');
    expect(parsed.text).toBe(content.text);
    expect(String(parsed.html).trim()).toBe(content.html.trim());
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mailer.outbox).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('signs in with the name and password of the URL', async () => {
    const withUser = (password: string) =>
      url.replace('//', `//${encodeURIComponent('ana@hiviex.test')}:${encodeURIComponent(password)}@`);
    await mailerOf({ SMTP_URL: withUser('p:ss/wörd') }).send({
      to: 'b@hiviex.test',
      subject: 'Hi',
      ...content,
    });
    expect(received.map(({ user }) => user)).toEqual(['ana@hiviex.test']);
    const wrong = mailerOf({ SMTP_URL: withUser('s3cret') }).send({
      to: 'b@hiviex.test',
      subject: 'Hi',
      ...content,
    });
    await expect(wrong).rejects.toBeInstanceOf(MailNotSent);
  });

  it.each(['Hi\r\nBcc: eve@evil.test\r\nX-Evil: 1\r\n\r\nbody', 'Hi\nBcc: eve@evil.test\rX-Evil: 1'])(
    'lets the subject %j set no header and add no recipient',
    async (subject) => {
      await mailerOf({ SMTP_URL: url }).send({ to: 'ana@hiviex.test', subject, ...content });
      const [{ parsed, to }] = received as [Received];
      expect(to).toEqual(['ana@hiviex.test']);
      expect(parsed.headers.has('bcc')).toBe(false);
      expect(parsed.headers.has('x-evil')).toBe(false);
      expect(parsed.subject).toMatch(/^Hi Bcc: eve@evil\.test/);
      expect(parsed.text).toBe(content.text);
    },
  );

  it('keeps a text that looks like SMTP a text', async () => {
    const text = 'one\r\n.\r\nMAIL FROM:<eve@evil.test>\r\n..\r\n.two\r\n';
    await mailerOf({ SMTP_URL: url }).send({ to: 'ana@hiviex.test', subject: 'Hi', text, html: '<p>x</p>' });
    expect(received).toHaveLength(1);
    expect(received[0]?.parsed.text).toBe(text.replaceAll('\r\n', '\n'));
  });

  it.each([
    'ana@hiviex.test, eve@evil.test',
    'ana@hiviex.test;eve@evil.test',
    'Ana <ana@hiviex.test>',
    'ana@hiviex.test\r\nBcc: eve@evil.test',
    'ana@hiviex.test\n',
    'group: ana@hiviex.test, eve@evil.test;',
    '<ana@hiviex.test> SIZE=1',
    'ana',
    '',
  ])('goes to one address only, not to %j', async (to) => {
    const sent = mailerOf({ SMTP_URL: url }).send({ to, subject: 'Hi', ...content });
    await expect(sent).rejects.toThrow('exactly one e-mail address');
    expect(received).toEqual([]);
  });

  it.each([
    ['unknown@hiviex.test', false],
    ['busy@hiviex.test', true],
  ])('says that the server refused %s, and whether a retry can help: %s', async (to, retryable) => {
    const sent = mailerOf({ SMTP_URL: url }).send({ to, subject: 'Hi', ...content });
    await expect(sent).rejects.toMatchObject({ code: 'mail-not-sent', retryable });
    await expect(sent).rejects.toBeInstanceOf(MailNotSent);
  });

  it('says that there is no server, without its address', async () => {
    const closed = createServer();
    closed.listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const mailer = mailerOf({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    const error = await mailer.send({ to: 'a@hiviex.test', subject: 'Hi', ...content }).then(
      () => undefined,
      (reason: unknown) => reason as MailNotSent,
    );
    expect(error).toMatchObject({ code: 'mail-not-sent', retryable: true });
    expect(JSON.stringify([error?.message, error?.says, error?.hint])).not.toContain(String(port));
  });

  it.each(['', 'Hiviex', 'a@b.test, c@d.test', 'Hiviex <no reply@b.test>'])(
    'is not made with the sender "%s"',
    (from) => {
      expect(() => mailerOf({ MAIL_FROM: from })).toThrow('MAIL_FROM');
    },
  );
});

describe('a mailer without SMTP_URL', () => {
  const mails = (): string => join(folder, 'mail');

  it('has nothing before the first mail', async () => {
    const { outbox } = mailerOf();
    expect(await outbox?.list()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps each mail to be read, and as a file for mail programs', async () => {
    const mailer = mailerOf();
    await mailer.send({ to: 'ana@hiviex.test', subject: 'Olá\r\nBcc: eve@evil.test', ...content });
    await mailer.send({ to: 'bia@hiviex.test', subject: 'Dois', ...content });
    const list = (await mailer.outbox?.list()) ?? [];
    expect(list.map(({ to, subject }) => [to, subject])).toEqual([
      ['bia@hiviex.test', 'Dois'],
      ['ana@hiviex.test', 'Olá Bcc: eve@evil.test'],
    ]);
    const id = list[1]?.id ?? '';
    expect(await mailer.outbox?.read(id)).toMatchObject({ id, at: expect.any(Number), ...content });
    const parsed = await simpleParser(readFileSync(join(mails(), `${id}.eml`)));
    expect(parsed.headers.has('bcc')).toBe(false);
    expect([parsed.to].flat()[0]?.text).toBe('ana@hiviex.test');
    expect(parsed.text).toBe(content.text);
  });

  it('lets nobody else read them', async () => {
    await mailerOf().send({ to: 'ana@hiviex.test', subject: 'Hi', ...content });
    for (const path of [mails(), ...readdirSync(mails()).map((name) => join(mails(), name))])
      expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('keeps the newest 200', async () => {
    const mailer = mailerOf();
    const send = (number: number) =>
      mailer.send({ to: 'ana@hiviex.test', subject: `Mail ${number}`, text: 'x', html: '<p>x' });
    for (let number = 1; number <= 203; number++) await send(number);
    const list = (await mailer.outbox?.list()) ?? [];
    expect(list).toHaveLength(200);
    expect([list[0]?.subject, list.at(-1)?.subject]).toEqual(['Mail 203', 'Mail 4']);
    expect(readdirSync(mails())).toHaveLength(400);
  });

  it('takes many at once', async () => {
    const mailer = mailerOf();
    const send = (number: number) =>
      mailer.send({ to: 'ana@hiviex.test', subject: `Mail ${number}`, text: 'x', html: '<p>x' });
    await Promise.all(Array.from({ length: 30 }, (_, number) => send(number)));
    expect(new Set((await mailer.outbox?.list())?.map(({ subject }) => subject)).size).toBe(30);
  });

  it.each(['../../etc/passwd', '..', '', 'x', '01ARZ3NDEKTSV4RRFFQ69G5FAV', '01ARZ3NDEKTSV4RRFFQ69G5FAV/..'])(
    'has no mail "%s"',
    async (id) => {
      expect(await mailerOf().outbox?.read(id)).toBeUndefined();
    },
  );
});
