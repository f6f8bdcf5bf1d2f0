/** A person who approves whatever is asked, as soon as they see it and however often it takes until they are heard. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApprovalSummary } from '../../contracts/api/approvals.ts';

export interface Person {
  email: string;
  password: string;
}

/** @returns what ends it, once nothing is open any more */
export function startDeciding(url: string, { email, password }: Person): () => Promise<void> {
  let cookie = '';
  let over = false;
  const ask = async (method: string, path: string, body?: object) =>
    await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', origin: url, cookie },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
  const signIn = async () => {
    const answer = await ask('POST', '/session', { email, password });
    cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    await answer.body?.cancel();
  };
  /** @returns how many were open */
  const round = async (): Promise<number> => {
    if (cookie === '') await signIn();
    const answer = await ask('GET', '/approvals?of=mine&limit=100');
    if (answer.status === 401) cookie = '';
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    const { items } = (await answer.json()) as { items: ApprovalSummary[] };
    for (const { id } of items) await ask('POST', `/approvals/${id}/decision`, { decision: 'approved' });
    return items.length;
  };
  const deciding = (async () => {
    for (;;) {
      // Whatever is down just now: what is open stays open, and is seen in the next round.
      const open = await round().catch(() => undefined);
      if (over && open === 0) return;
      await sleep(1_000);
    }
  })();
  return async () => {
    over = true;
    await deciding;
  };
}
