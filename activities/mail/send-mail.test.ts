/** Mails through a real SMTP server, read by a real parser. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { sendMail } from '../../contracts/catalogue/send-mail.ts';
import type { EffectInput } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { failureOf } from '../testing.ts';
import { createTestWorkspace, type TestWorkspace } from '../testing-workspace.ts';

describe('the send mail node', () => {
  const mails: { to: string[]; mail: ParsedMail }[] = [];
  let workspace: TestWorkspace;
  let server: SMTPServer;
  let fields: JsonObject;
  let credential: string;

  beforeAll(async () => {
    workspace = await createTestWorkspace();
    server = new SMTPServer({
      disabledCommands: ['STARTTLS'], // its certificate is nobody's
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        username === 'ana' && password === 'right-pass'
          ? done(null, { user: username })
          : done(new Error(`no entry with ${password}`)),
      onRcptTo: ({ address }, _session, done) => {
        const code = address.startsWith('later') ? 451 : 550;
        if (!/^(later|nobody)/.test(address)) return done();
        done(Object.assign(new Error(`${address} is not here`), { responseCode: code }));
      },
      onData(stream, { envelope }, done) {
        simpleParser(stream).then((mail) => {
          mails.push({ to: envelope.rcptTo.map(({ address }) => address), mail });
          done();
        }, done);
      },
    });
    server.on('error', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const { port } = server.server.address() as AddressInfo;
    fields = { host: '127.0.0.1', port, tls: 'off', user: 'ana' };
    credential = await workspace.add('smtp', { password: 'right-pass' }, fields);
  }, 60_000);
  afterAll(async () => {
    await workspace.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  const send = (parameters: JsonObject, over: Partial<EffectInput> = {}) => {
    const whole = { credential, from: 'Shop <shop@example.com>', to: 'ana@example.com', ...parameters };
    return workspace.call('send-mail', sendMail.parameters.parse(whole) as JsonObject, over);
  };

  it('sends what it says, to everybody, with an id that stays the same', async () => {
    const parameters = {
      to: 'Ana <ana@example.com>, ze@example.com',
      ...{ cc: 'cc@example.com', bcc: 'bcc@example.com', replyTo: 'help@example.com' },
      ...{ subject: 'Olá é você\r\nBcc: x@evil.example', format: 'both', text: 'plain', html: '<b>rich</b>' },
    };
    const { items } = await send(parameters);
    const again = await send(parameters);
    const [first] = mails.splice(0);
    expect(first?.to).toEqual(['ana@example.com', 'ze@example.com', 'cc@example.com', 'bcc@example.com']);
    expect(first?.mail).toMatchObject({
      text: 'plain',
      html: '<b>rich</b>',
      replyTo: { text: 'help@example.com' },
    });
    expect(first?.mail.subject).toContain('Olá é você');
    expect(first?.mail.bcc).toBeUndefined();
    expect(first?.mail.messageId).toMatch(/^<[\da-f]{32}@example\.com>$/);
    expect(items[0]?.json).toMatchObject({ messageId: first?.mail.messageId, rejected: [] });
    expect(again.items[0]?.json.messageId).toBe(first?.mail.messageId);
  });

  it('attaches files of the item', async () => {
    const binary = {
      report: await workspace.file('a;b', { fileName: 'relatório.csv', mimeType: 'text/csv' }),
    };
    await send({ attachments: '*', html: 'x' }, { items: [{ json: {}, binary }] });
    const [attachment] = mails.splice(0)[0]?.mail.attachments ?? [];
    expect(attachment).toMatchObject({ filename: 'relatório.csv', contentType: 'text/csv' });
    expect(attachment?.content.toString()).toBe('a;b');
    const { failure } = await failureOf(send({ attachments: 'photo' }, { items: [{ json: {}, binary }] }));
    expect([failure.code, failure.hint]).toEqual(['no-file', expect.stringContaining('report')]);
  });

  it('reads no file of the server, whatever a template says', async () => {
    await send({ html: '<img src="file:///etc/passwd">', text: '/etc/passwd' });
    expect(mails.splice(0)[0]?.mail.attachments).toEqual([]);
  });

  it('tells who was refused while others got it', async () => {
    const { items } = await send({ to: 'ana@example.com, nobody@example.com', html: 'x' });
    expect(items[0]?.json).toMatchObject({ accepted: ['ana@example.com'], rejected: ['nobody@example.com'] });
    mails.splice(0);
  });

  it.each([
    [{ to: 'nobody@example.com' }, 'mail-refused', /550 nobody@example.com is not here/, true],
    [{ to: 'later@example.com' }, 'mail-refused', /451/, false],
    [{ to: 'not an address' }, 'bad-address', /"not an address" in the field "to"/, true],
    [{ to: '' }, 'no-address', /no recipient/, true],
    [{ from: '' }, 'no-address', /no sender/, true],
  ])('says why not %#', async (parameters, code, message, forGood) => {
    const { failure, error } = await failureOf(send({ html: 'x', ...parameters }));
    expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(error.nonRetryable).toBe(forGood);
    expect(mails).toEqual([]);
  });

  it('says that the server refuses the sign-in, and not with which password', async () => {
    const wrong = await workspace.add('smtp', { password: 'wr0ng-pass' }, fields);
    const { failure } = await failureOf(send({ credential: wrong, html: 'x' }));
    expect(failure.code).toBe('mail-sign-in-refused');
    expect(JSON.stringify(failure) + workspace.logged.join('')).not.toContain('wr0ng');
  });

  it('goes to no private address that is not allowed, and says when nobody is there', async () => {
    const inside = await workspace.add('smtp', {}, { ...fields, host: '10.0.0.1' });
    expect((await failureOf(send({ credential: inside, html: 'x' }))).failure.code).toBe('address-blocked');
    const gone = await workspace.add('smtp', {}, { ...fields, port: 1 });
    const { failure, error } = await failureOf(send({ credential: gone, html: 'x' }));
    expect([failure.code, error.nonRetryable]).toEqual(['mail-server-unreachable', false]);
  });
});
