/** People with a session, made without the sign-in: for tests of what each of many may do. `people.ts` signs in for real. */
import type { Role } from '../../contracts/access/roles.ts';
import { createMember, createPerson, type Person } from '../../db/testing/people.ts';
import { sessionCookieName } from '../auth/cookie.ts';
import { hashToken, randomToken } from '../auth/secrets.ts';
import type { TestApi } from './test-api.ts';

export interface SignedInPerson extends Person {
  /** A request with their session; the path is below `/api/v1`. */
  call(method: string, path: string, body?: unknown): ReturnType<TestApi['call']>;
  /** Id of the session. */
  session: string;
}

/** A new person with a session; a member of `workspace` where one is given, and in it. */
export async function signedIn(
  api: TestApi,
  options: { name?: string; workspace?: string; role?: Role; verified?: boolean } = {},
): Promise<SignedInPerson> {
  const { workspace, role, ...who } = options;
  const person = workspace
    ? await createMember(api.db, workspace, role, who.name)
    : await createPerson(api.db, who);
  const token = randomToken();
  const { id } = await api.db.asSystem(({ sessions }) =>
    sessions.create({
      tokenHash: hashToken(token),
      user: person.id,
      workspace,
      method: 'password',
      device: 'A test',
      expiresAt: new Date(Date.now() + 3_600_000),
    }),
  );
  const cookie = `${sessionCookieName(api.config)}=${token}`;
  return {
    ...person,
    session: id,
    call: (method, path, body) => api.call(method, `/api/v1${path}`, body, { cookie, origin: api.url }),
  };
}

/** A workspace of its own with its owner, who is in it. */
export async function ownWorkspace(
  api: TestApi,
  name = 'Acme',
): Promise<{ workspace: string; owner: SignedInPerson }> {
  const owner = await signedIn(api, { name: 'Ana' });
  const { body } = await owner.call('POST', '/workspaces', { name });
  return { workspace: body.id, owner };
}

/** What the bus says from here on. */
export function listenTo(api: TestApi): unknown[] {
  const heard: unknown[] = [];
  api.bus.subscribe((message) => void heard.push(message));
  return heard;
}

/** Rows of the workspace's audit log, the newest first. */
export async function auditOf(api: TestApi, workspace: string, action?: string) {
  const page = await api.db.inWorkspace(workspace, ({ auditEvents }) =>
    auditEvents.list({ action, limit: 50 }),
  );
  return page.items;
}
