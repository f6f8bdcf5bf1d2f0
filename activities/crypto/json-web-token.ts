/** JSON web tokens by jose: made, checked, or only read. */
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import type { CryptoParameters } from '../../contracts/catalogue/crypto.ts';
import { StepFailure } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { isObject } from '../../engine/items/paths.ts';
import type { Keys } from './keys.ts';

/** @param now Epoch milliseconds; `iat` and `exp` follow from it, so that a repeated step makes the same claims. */
export async function signToken(parameters: CryptoParameters, keys: Keys, now: number): Promise<string> {
  const { jwtAlgorithm: alg, expiresIn } = parameters;
  const seconds = Math.floor(now / 1_000);
  const claims = { iat: seconds, ...claimsOf(parameters.claims) };
  const lifetime = Number(expiresIn);
  const ends = lifetime > 0 && !('exp' in claims) ? { exp: seconds + lifetime } : {};
  const token = new SignJWT({ ...claims, ...ends }).setProtectedHeader({ alg, typ: 'JWT' });
  const key = isSymmetric(alg) ? bytes(await keys.secret(parameters)) : await keys.privateKey(parameters);
  try {
    return await token.sign(key);
  } catch {
    throw unfitKey(alg);
  }
}

/** @returns its claims. @throws StepFailure `jwt-expired`, `jwt-invalid`, `bad-key` */
export async function verifyToken(parameters: CryptoParameters, keys: Keys): Promise<JsonObject> {
  const { jwtAlgorithm: alg, token, issuer, audience } = parameters;
  const key = isSymmetric(alg) ? bytes(await keys.secret(parameters)) : await keys.publicKey(parameters);
  try {
    const { payload } = await jwtVerify(token.trim(), key, {
      algorithms: [alg],
      ...(issuer !== '' && { issuer }),
      ...(audience !== '' && { audience }),
    });
    return payload as JsonObject;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw expired(error.payload.exp);
    if (error instanceof errors.JOSEError) throw invalid(error.message);
    throw unfitKey(alg);
  }
}

/** @returns `{ header, payload }`, of which nothing is proved. @throws StepFailure `jwt-invalid` */
export function decodeToken(token: string): JsonObject {
  try {
    const bare = token.trim();
    return { header: decodeProtectedHeader(bare) as JsonObject, payload: decodeJwt(bare) as JsonObject };
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

function isSymmetric(algorithm: string): boolean {
  return algorithm.startsWith('HS');
}

function bytes(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}

function claimsOf(claims: CryptoParameters['claims']): JsonObject {
  const value = typeof claims === 'string' ? parse(claims) : claims;
  if (isObject(value)) return value;
  throw badClaims();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badClaims();
  }
}

function badClaims(): StepFailure {
  return new StepFailure({
    code: 'bad-claims',
    message: 'The claims of the token are not a JSON object.',
    hint: 'As in { "sub": "42", "role": "admin" }. Look at the preview of the field.',
  });
}

function expired(exp: unknown): StepFailure {
  const at = typeof exp === 'number' ? ` on ${new Date(exp * 1_000).toISOString()}` : '';
  return new StepFailure({
    code: 'jwt-expired',
    message: `The token ended${at}.`,
    hint: 'Ask its issuer for a new one.',
  });
}

function invalid(why: string): StepFailure {
  return new StepFailure({
    code: 'jwt-invalid',
    message: `The token is not valid: ${why}.`,
    hint: 'Check algorithm, key, issuer and audience. The error port of the node is the way for refused tokens.',
  });
}

function unfitKey(algorithm: string): StepFailure {
  return new StepFailure({
    code: 'bad-key',
    message: `The key of the credential does not fit ${algorithm}.`,
    hint: 'HS… take a secret, RS… and PS… an RSA key of 2048 bits or more, ES… the EC key of their curve, EdDSA an Ed25519 key.',
  });
}
