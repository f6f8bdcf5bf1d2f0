/** Who the pictures of identity need besides the owner: somebody in no workspace, and somebody who owes the second factor. */
import { TOTP } from 'otpauth';
import { type APIRequestContext, request as requests } from 'playwright-core';

type State = Awaited<ReturnType<APIRequestContext['storageState']>>;

const password = 'correct horse battery';

/** @param owner of a workspace: invites both */
export async function identityStates(
  owner: APIRequestContext,
  base: string,
): Promise<{ nowhere: State; halfway: State }> {
  async function call<T>(from: APIRequestContext, method: string, path: string, data?: unknown): Promise<T> {
    const response = await from.fetch(`${base}/api/v1${path}`, { method, data });
    if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
    return (response.status() === 204 ? undefined : await response.json()) as T;
  }
  /** Somebody new, signed in. */
  async function join(name: string, email: string): Promise<APIRequestContext> {
    const { url } = await call<{ url: string }>(owner, 'POST', '/invitations', { role: 'viewer' });
    const token = new URLSearchParams(new URL(url).hash.slice(1)).get('token');
    const person = await requests.newContext();
    await call(person, 'POST', '/invitations/sign-up', { token, name, email, password });
    return person;
  }
  /** What the browser keeps of it; the connection is of no more use. */
  async function stateOf(person: APIRequestContext): Promise<State> {
    const state = await person.storageState();
    await person.dispose();
    return state;
  }

  const leaver = await join('Fabio Dias', 'fabio@example.com');
  const { workspace } = await call<{ workspace: { id: string } }>(leaver, 'GET', '/account');
  await call(leaver, 'DELETE', `/account/workspaces/${workspace.id}`);

  const email = 'gil@example.com';
  const careful = await join('Gil Reis', email);
  const { secret } = await call<{ secret: string }>(careful, 'POST', '/account/second-factor', { password });
  await call(careful, 'POST', '/account/second-factor/confirm', { code: new TOTP({ secret }).generate() });
  await careful.dispose();
  const halfway = await requests.newContext();
  await call(halfway, 'POST', '/session', { email, password });
  return { nowhere: await stateOf(leaver), halfway: await stateOf(halfway) };
}
