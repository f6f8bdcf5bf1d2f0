import { createPrivateKey, createPublicKey } from 'node:crypto';
import { pemOf } from '../../contracts/credentials/pem.ts';
import type { SigningKeyValues } from '../../contracts/credentials/signing-key.ts';
import { failed, type ProbeOutcome, passed } from './outcome.ts';

/** Reads the keys; there is no service to ask. */
export function probeKeys({ privateKey, publicKey }: SigningKeyValues): ProbeOutcome {
  if (privateKey !== '' && !reads(() => createPrivateKey(pemOf(privateKey))))
    return failed(
      'The private key cannot be read. It has to be PEM without a passphrase.',
      'A chave privada não pode ser lida. Ela deve ser PEM sem senha.',
    );
  if (publicKey !== '' && !reads(() => createPublicKey(pemOf(publicKey))))
    return failed(
      'The public key cannot be read. It has to be PEM.',
      'A chave pública não pode ser lida. Ela deve ser PEM.',
    );
  return passed('It is complete, and its keys can be read.', 'Está completa, e suas chaves podem ser lidas.');
}

function reads(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
