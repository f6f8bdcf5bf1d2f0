/** Hashes and HMACs. */
import { type BinaryToTextEncoding, createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** @param secret makes an HMAC of it */
export function digest(
  algorithm: string,
  value: string,
  encoding: BinaryToTextEncoding,
  secret?: string,
): string {
  const made = secret === undefined ? createHash(algorithm) : createHmac(algorithm, secret);
  return made.update(value, 'utf8').digest(encoding);
}

/**
 * Whether a signature that came from outside is the one expected, in the same time however much of it is right. Services put the
 * algorithm before it (`sha256=…`), and write hexadecimal in either case.
 */
export function sameText(expected: string, given: string, encoding: BinaryToTextEncoding): boolean {
  const bare = given.trim().replace(/^(md5|sha[\w-]*)=(?=.)/i, '');
  const [a, b] = [expected, bare].map((text) => Buffer.from(encoding === 'hex' ? text.toLowerCase() : text));
  return a !== undefined && b !== undefined && a.length === b.length && timingSafeEqual(a, b);
}
