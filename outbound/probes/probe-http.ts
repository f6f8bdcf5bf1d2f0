import type { CredentialUse } from '../../contracts/credentials/index.ts';
import type { Guard } from '../guard/index.ts';
import { answered, limits, type ProbeOutcome } from './outcome.ts';

/** A GET as the credential applies to it. It follows no redirect: a sign-in page would answer 200 to anybody. */
export async function probeHttp(
  guard: Pick<Guard, 'fetch'>,
  address: string,
  { headers, query }: CredentialUse,
): Promise<ProbeOutcome> {
  const url = new URL(address);
  for (const [name, value] of query) url.searchParams.set(name, value);
  const init: RequestInit = {
    headers: { 'user-agent': 'Hiviex', ...Object.fromEntries(headers) },
    redirect: 'manual',
  };
  const response = await guard.fetch(url, init, limits);
  await response.body?.cancel();
  return answered(response.status, response.statusText);
}
