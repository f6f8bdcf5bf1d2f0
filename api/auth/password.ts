/** Passwords, as argon2id (the library's default), with OWASP's first choice of cost: 19 MiB, 2 passes, 1 lane. */
import { hash, verify } from '@node-rs/argon2';

const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, options);
}

/** Checked against when there is no such user, so that the answer takes as long as for one there is. */
let nobody: Promise<string> | undefined;

/** @param stored the user's hash; undefined when there is no such user: the same work is done, the answer is false */
export async function passwordMatches(password: string, stored: string | undefined): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password');
  const matches = await verify(stored ?? (await nobody), password);
  return matches && stored !== undefined;
}
