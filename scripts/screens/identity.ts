/** Who the pictures of identity need besides the owner: somebody in no workspace, and somebody who owes the second factor. */
import { TOTP } from 'otpauth';
import { type APIRequestContext, request as requests } from 'playwright-core';
import { callerOf } from './caller.ts';

type State = Awaited<ReturnType<APIRequestContext['storageState']>>;

const password = 'correct horse battery';

/** @param owner of a workspace: invites both */
export async function identityStates(
  owner: APIRequestContext,
  base: string,
): Promise<{ nowhere: State; halfway: State }> {
  /** Somebody new, signed in. */
  async function join(name: string, email: string): Promise<APIRequestContext> {
    const { url } = await callerOf(owner, base).call<{ url: string }>('POST', '/invitations', {
      role: 'viewer',
    });
    const token = new URLSearchParams(new URL(url).hash.slice(1)).get('token');
    const person = await requests.newContext();
    await callerOf(person, base).call('POST', '/invitations/sign-up', { token, name, email, password });
    return person;
  }
  /** What the browser keeps of it; the connection is of no more use. */
  async function stateOf(person: APIRequestContext): Promise<State> {
    const state = await person.storageState();
    await person.dispose();
    return state;
  }

  const leaver = await join('Fabio Dias', 'fabio@example.com');
  const { workspace } = await callerOf(leaver, base).call<{ workspace: { id: string } }>('GET', '/account');
  await callerOf(leaver, base).call('DELETE', `/account/workspaces/${workspace.id}`);

  const email = 'gil@example.com';
  const careful = await join('Gil Reis', email);
  const { secret } = await callerOf(careful, base).call<{ secret: string }>(
    'POST',
    '/account/second-factor',
    { password },
  );
  await callerOf(careful, base).call('POST', '/account/second-factor/confirm', {
    code: new TOTP({ secret }).generate(),
  });
  await careful.dispose();
  const halfway = await requests.newContext();
  await callerOf(halfway, base).call('POST', '/session', { email, password });
  return { nowhere: await stateOf(leaver), halfway: await stateOf(halfway) };
}
