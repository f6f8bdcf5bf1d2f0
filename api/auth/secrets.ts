/** Tokens: 256 random bits for the bearer, only their SHA-256 in the database. A random token needs no slow hash. */
import { createHash, randomBytes } from 'node:crypto';

export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
