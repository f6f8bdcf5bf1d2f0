import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { CryptoParameters } from '../../contracts/catalogue/crypto.ts';

/** As nobody can guess it. Another one each time: the step that makes it is not repeatable (engine/nodes/effects.ts). */
export function randomValue({ randomKind, length }: CryptoParameters): string {
  const characters = Number(length);
  switch (randomKind) {
    case 'uuid':
      return randomUUID();
    case 'digits':
      return Array.from({ length: characters }, () => randomInt(10)).join('');
    case 'hex':
    case 'base64url':
      return randomBytes(characters).toString(randomKind).slice(0, characters);
  }
}
