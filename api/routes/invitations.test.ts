import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ulid } from 'ulid';
import { auditOf, ownWorkspace, type SignedInPerson, signedIn } from '../testing/signed-in.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const password = 'correct horse battery';
const newEmail = () => `${ulid().toLowerCase()}@example.com`;
const at = (path: string) => `/api/v1/invitations/${path}`;
const ask = (path: string, body: unknown) => api.call('POST', at(path), body, {});
const cookieOf = (headers: Headers) => ({ cookie: headers.get('set-cookie')?.split(';')[0] ?? '' });

async function invite(
  by: SignedInPerson,
  body: { email?: string; role?: string; expiresInDays?: number } = {},
) {
  const made = await by.call('POST', '/invitations', { role: 'builder', ...body });
  expect(made.status).toBe(201);
  const url = made.body.url ?? (await mailTo(body.email!));
  const [page, token] = url.split('#token=');
  expect(page).toBe(`${api.url}/invitation`);
  return { id: made.body.id as string, token: token as string, body: made.body };
}

/** The link in the last mail to the address. */
async function mailTo(email: string): Promise<string> {
  const found = (await api.mailer.outbox!.list()).find(({ to }) => to === email);
  const mail = found && (await api.mailer.outbox!.read(found.id));
  return /https?:\S+/.exec(mail?.text ?? '')?.[0] ?? '';
}

describe('Invitations', () => {
  it('by link bring a new person in, who is signed in and unverified', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const { id, token, body } = await invite(owner, { role: 'operator', expiresInDays: 2 });
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(Math.round((Date.parse(body.expiresAt) - Date.now()) / 3_600_000)).toBe(48);
    const { url, ...listed } = body;
    expect((await owner.call('GET', '/invitations')).body.items).toEqual([listed]);
    expect(listed).toMatchObject({ id, role: 'operator', createdBy: 'Ana' });
    expect((await ask('preview', { token })).body).toEqual({
      ...{ workspace: 'Acme', role: 'operator', expiresAt: body.expiresAt },
    });

    const email = newEmail();
    const joined = await ask('sign-up', { token, email, name: 'Caio', password });
    expect(joined).toMatchObject({
      status: 201,
      body: {
        user: { email, name: 'Caio', emailVerified: false, hasPassword: true },
        workspace: { id: workspace, name: 'Acme', role: 'operator' },
      },
    });
    const account = await api.call('GET', '/api/v1/account', undefined, cookieOf(joined.headers));
    expect(account.body).toEqual(joined.body);
    const again = await api.call('POST', '/api/v1/session', { email, password }, {});
    expect(again.status).toBe(201);
    expect((await owner.call('GET', '/invitations')).body.items).toEqual([]);
    const log = await auditOf(api, workspace);
    expect(log.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['invitation.create', 'invitation.accept', 'session.opened']),
    );
    expect(log.find(({ action }) => action === 'invitation.accept')).toMatchObject({
      actor: { id: joined.body.user.id, name: 'Caio' },
      resource: { type: 'invitation', id },
      after: { role: 'operator' },
    });
  });

  it('by mail reach that mailbox alone, in the inviter’s language, and verify it', async () => {
    const { workspace, owner } = await ownWorkspace(api, 'Açaí & Cia <b>');
    const email = newEmail();
    const { token, body } = await invite(owner, { email, role: 'admin' });
    expect(body.url).toBeUndefined();
    expect(JSON.stringify(body)).not.toContain(token);
    const [mail] = await api.mailer.outbox!.list();
    expect(mail).toMatchObject({ to: email, subject: 'Join Açaí & Cia <b> on Hiviex' });
    const { html } = (await api.mailer.outbox!.read(mail!.id))!;
    expect(html).toContain('Açaí &amp; Cia &lt;b&gt;');
    expect((await ask('preview', { token })).body).toMatchObject({ workspace: 'Açaí & Cia <b>', email });

    const stranger = await signedIn(api);
    expect(await stranger.call('POST', '/invitations/accept', { token })).toMatchObject({
      status: 403,
      body: { code: 'invitation-for-another' },
    });
    const other = { token, email: newEmail(), name: 'Eva', password };
    expect((await ask('sign-up', other)).body.code).toBe('invitation-for-another');
    const joined = await ask('sign-up', { token, email: email.toUpperCase(), name: 'Caio', password });
    expect(joined).toMatchObject({
      status: 201,
      body: { user: { email, emailVerified: true }, workspace: { id: workspace, role: 'admin' } },
    });
    expect(await api.db.asSystem(({ accounts }) => accounts.findByEmail(other.email))).toBeUndefined();
  });

  it('bring in who has an account, and enter the workspace', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const caio = await signedIn(api, { name: 'Caio' });
    const { token } = await invite(owner, { email: caio.email });
    expect(await ask('sign-up', { token, email: caio.email, name: 'Caio', password })).toMatchObject({
      status: 409,
      body: { code: 'email-taken' },
    });
    expect((await ask('accept', { token })).status).toBe(401);
    expect(await caio.call('POST', '/invitations/accept', { token })).toMatchObject({
      status: 200,
      body: { workspace: { id: workspace, name: 'Acme', role: 'builder' } },
    });
    expect((await caio.call('GET', '/workspace')).body.id).toBe(workspace);
    const link = await invite(owner);
    const twice = await caio.call('POST', '/invitations/accept', { token: link.token });
    expect(twice).toMatchObject({ status: 409, body: { code: 'already-member' } });
    expect((await ask('preview', { token: link.token })).status).toBe(200);
    expect((await owner.call('POST', '/invitations', { email: caio.email, role: 'viewer' })).body.code).toBe(
      'already-member',
    );
  });

  it('to an address that is not verified wait until it is', async () => {
    const { owner } = await ownWorkspace(api);
    const caio = await signedIn(api, { verified: false });
    const { token } = await invite(owner, { email: caio.email });
    expect((await caio.call('POST', '/invitations/accept', { token })).body.code).toBe(
      'invitation-for-another',
    );
    await api.db.asSystem(({ accounts }) => accounts.markEmailVerified(caio.email));
    expect((await caio.call('POST', '/invitations/accept', { token })).status).toBe(200);
  });

  it('that are no good give one answer, whatever is wrong, and leave nobody behind', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const used = await invite(owner);
    const first = await signedIn(api);
    expect((await first.call('POST', '/invitations/accept', { token: used.token })).status).toBe(200);
    const revoked = await invite(owner);
    expect((await owner.call('DELETE', `/invitations/${revoked.id}`)).status).toBe(204);
    expect((await owner.call('DELETE', `/invitations/${revoked.id}`)).status).toBe(404);
    const expired = await invite(owner);
    await api.db.sql.query(`update invitations set expires_at = now() where id = $1`, [expired.id]);
    const gone = await ownWorkspace(api);
    const lost = await invite(gone.owner);
    expect((await gone.owner.call('DELETE', '/workspace', { name: 'Acme' })).status).toBe(200);

    const caio = await signedIn(api);
    const email = newEmail();
    const answers: unknown[] = [];
    for (const token of ['unknown', used.token, revoked.token, expired.token, lost.token])
      answers.push(
        (await ask('preview', { token })).body,
        (await caio.call('POST', '/invitations/accept', { token })).body,
        (await ask('sign-up', { token, email, name: 'Caio', password })).body,
      );
    expect(new Set(answers.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 410, code: 'invitation-invalid' });
    expect(await api.db.asSystem(({ accounts }) => accounts.findByEmail(email))).toBeUndefined();
    const refused = await api.db.sql.query<{ actor: string | null }>(
      `select actor from audit_events where outcome = 'refused' and after->>'problem' = 'invitation-invalid'`,
    );
    expect(refused.map(({ actor }) => actor)).toEqual(expect.arrayContaining([null, caio.id]));
    expect((await owner.call('GET', '/members')).body.items).toHaveLength(2);
    expect((await first.call('GET', '/workspace')).body.id).toBe(workspace);
  });

  it('let one of many in', async () => {
    const { owner } = await ownWorkspace(api);
    const { token } = await invite(owner);
    const people = await Promise.all([1, 2, 3, 4, 5].map(() => signedIn(api)));
    const statuses = await Promise.all(
      people.map(async (person) => (await person.call('POST', '/invitations/accept', { token })).status),
    );
    expect(statuses.toSorted()).toEqual([200, 410, 410, 410, 410]);
    expect((await owner.call('GET', '/members')).body.items).toHaveLength(2);
  });

  it('are for heads to make, and none makes an owner', async () => {
    const { workspace, owner } = await ownWorkspace(api);
    const foreign = await ownWorkspace(api);
    expect((await owner.call('POST', '/invitations', { role: 'owner' })).status).toBe(400);
    for (const role of ['admin', 'builder', 'viewer'] as const) {
      const person = await signedIn(api, { workspace, role });
      const status = (await person.call('POST', '/invitations', { role: 'viewer' })).status;
      expect([role, status]).toEqual([role, role === 'admin' ? 201 : 403]);
    }
    const { id } = await invite(owner);
    expect((await foreign.owner.call('DELETE', `/invitations/${id}`)).status).toBe(404);
    expect((await foreign.owner.call('GET', '/invitations')).body.items).toEqual([]);
  });

  it('whose mail can’t be sent are not made', async () => {
    const { owner } = await ownWorkspace(api);
    // Nothing listens at port 1.
    const away = await startTestApi({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } });
    try {
      const there = await ownWorkspace(away);
      const body = { email: newEmail(), role: 'viewer' };
      expect(await there.owner.call('POST', '/invitations', body)).toMatchObject({
        status: 503,
        body: { code: 'unavailable' },
      });
      expect((await there.owner.call('GET', '/invitations')).body.items).toEqual([]);
    } finally {
      await away.close();
    }
    expect((await owner.call('GET', '/invitations')).body.items).toEqual([]);
  }, 60_000);

  it('leave their token in no log and no row', async () => {
    const { owner } = await ownWorkspace(api);
    const { token } = await invite(owner);
    await ask('preview', { token });
    expect(api.logged.join('\n')).not.toContain(token);
    const rows = await api.db.sql.query(
      `select id from audit_events where row_to_json(audit_events)::text like '%' || $1 || '%'`,
      [token],
    );
    expect(rows).toEqual([]);
    await rm(join(api.config.HIVIEX_DATA_DIR, 'mail'), { recursive: true, force: true });
  });
});
