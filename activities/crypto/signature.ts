/** Signatures with a private key, and their check with the public one. RSA (PKCS #1 v1.5), elliptic curves and Ed25519. */
import { type BinaryToTextEncoding, type KeyObject, sign, verify } from 'node:crypto';
import { StepFailure } from '../../contracts/effect.ts';

interface How {
  algorithm: string;
  encoding: BinaryToTextEncoding;
  key: KeyObject;
}

/** @throws StepFailure `bad-key` */
export function signValue(value: string, { algorithm, encoding, key }: How): string {
  try {
    return sign(hashFor(key, algorithm), Buffer.from(value), key).toString(encoding);
  } catch {
    throw unfitKey(key, algorithm);
  }
}

/** @throws StepFailure `bad-key` */
export function verifyValue(value: string, signature: string, { algorithm, encoding, key }: How): boolean {
  const bytes = Buffer.from(signature.trim(), encoding);
  try {
    return verify(hashFor(key, algorithm), Buffer.from(value), key, bytes);
  } catch {
    throw unfitKey(key, algorithm);
  }
}

/** Ed25519 and Ed448 hash by themselves. */
function hashFor({ asymmetricKeyType }: KeyObject, algorithm: string): string | null {
  return asymmetricKeyType?.startsWith('ed') ? null : algorithm;
}

function unfitKey({ asymmetricKeyType }: KeyObject, algorithm: string): StepFailure {
  return new StepFailure({
    code: 'bad-key',
    message: `A key of type ${asymmetricKeyType} cannot sign with ${algorithm.toUpperCase()}.`,
    hint: 'Choose another algorithm, or a credential with an RSA, EC or Ed25519 key.',
  });
}
