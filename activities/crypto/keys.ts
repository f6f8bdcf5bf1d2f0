/** The keys that an operation of the Crypto node needs, out of its credential or parameters. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { CryptoParameters } from '../../contracts/catalogue/crypto.ts';
import { pemOf } from '../../contracts/credentials/pem.ts';
import type { SigningKeyValues } from '../../contracts/credentials/signing-key.ts';
import { type EffectInput, StepFailure } from '../../contracts/effect.ts';
import type { EffectRun, EffectSettings } from '../effect.ts';

type KeyPlace = Pick<CryptoParameters, 'keyFrom' | 'credential' | 'secret'>;

/** @throws StepFailure `key-missing`, `bad-key`, or as the credential says */
export interface Keys {
  secret(place: KeyPlace): Promise<string>;
  privateKey(place: KeyPlace): Promise<KeyObject>;
  publicKey(place: KeyPlace): Promise<KeyObject>;
}

/** The credential is opened once for all items. */
export function createKeyRing(
  { credentialValues }: Pick<EffectSettings, 'credentialValues'>,
  { context }: EffectInput,
  { secrets }: EffectRun,
): Keys {
  const opened = new Map<string, Promise<SigningKeyValues>>();
  const valuesOf = (id: string): Promise<SigningKeyValues> => {
    const values =
      opened.get(id) ??
      (credentialValues({
        context,
        id,
        nodeType: 'crypto',
        secrets,
      }) as Promise<unknown> as Promise<SigningKeyValues>);
    opened.set(id, values);
    return values;
  };
  return {
    secret: async ({ keyFrom, credential, secret }) => {
      const value = keyFrom === 'field' ? secret : (await valuesOf(credential)).secret;
      if (value === '') throw keyMissing('a secret');
      return value;
    },
    privateKey: async ({ credential }) => {
      const { privateKey } = await valuesOf(credential);
      if (privateKey === '') throw keyMissing('a private key');
      return readKey('private', () => createPrivateKey(pemOf(privateKey)));
    },
    // A private key holds the public one.
    publicKey: async ({ credential }) => {
      const { publicKey, privateKey } = await valuesOf(credential);
      if (publicKey === '' && privateKey === '') throw keyMissing('a public key');
      return readKey('public', () => createPublicKey(pemOf(publicKey === '' ? privateKey : publicKey)));
    },
  };
}

function keyMissing(what: string): StepFailure {
  return new StepFailure({
    code: 'key-missing',
    message: `The operation needs ${what}, and there is none.`,
    hint: 'Add it to the credential of the node, or choose another credential.',
  });
}

function readKey(kind: string, read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch {
    throw new StepFailure({
      code: 'bad-key',
      message: `The ${kind} key of the credential cannot be read.`,
      hint: 'It has to be PEM without a passphrase, with its lines and the BEGIN and END around it.',
    });
  }
}
