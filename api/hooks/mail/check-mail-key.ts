import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiDeps } from '../../deps.ts';
import { ApiProblem } from '../../problems.ts';

export interface GivenKey {
  /** The header `authorization`. */
  authorization: string | undefined;
  query: URLSearchParams;
}

/**
 * The password of a mail address: of Basic authentication (what services send for https://user:password@…) or `?key=`.
 * @param variable name of the secret variable
 * @throws ApiProblem `mail-key`
 */
export async function checkMailKey(
  { db }: Pick<ApiDeps, 'db'>,
  workspace: string,
  variable: string,
  { authorization, query }: GivenKey,
): Promise<void> {
  const revealed = await db.inWorkspace(workspace, ({ variables }) => variables.reveal([variable]));
  const expected = revealed.get(variable);
  const given = basicPassword(authorization) ?? query.get('key');
  // An empty secret would let everybody in.
  if (!expected || !given || !timingSafeEqual(digest(expected), digest(given)))
    throw new ApiProblem('mail-key');
}

function basicPassword(authorization: string | undefined): string | undefined {
  const encoded = /^basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}

/** Of one length, as comparing in constant time needs. */
function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
