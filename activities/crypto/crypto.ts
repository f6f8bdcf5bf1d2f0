/** The Crypto node, in this process's own thread: what it does to a text takes less time than the way to another one. */
import type { CryptoParameters } from '../../contracts/catalogue/crypto.ts';
import { type EffectInput, type ItemOutcome, StepFailure } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonValue } from '../../contracts/json.ts';
import type { Effect, EffectRun, EffectSettings } from '../effect.ts';
import { withField } from '../transforms/fields.ts';
import { digest, sameText } from './digest.ts';
import { decodeToken, signToken, verifyToken } from './json-web-token.ts';
import { createKeyRing, type Keys } from './keys.ts';
import { randomValue } from './random-value.ts';
import { signValue, verifyValue } from './signature.ts';

export function createCryptoEffect(settings: Pick<EffectSettings, 'credentialValues'>): Effect {
  return {
    takesSecretVariables: true,
    async run(input, run) {
      const keys = createKeyRing(settings, input, run);
      const outcomes: ItemOutcome[] = [];
      for (const [position, item] of input.items.entries()) {
        const parameters = (input.each?.[position] ?? input.parameters) as unknown as CryptoParameters;
        const outcome = await outcomeOf(item, parameters, keys, input, run);
        outcomes.push(outcome);
        if ('failure' in outcome && !input.goesOn) break;
      }
      return { items: [], outcomes };
    },
  };
}

async function outcomeOf(
  item: Item,
  parameters: CryptoParameters,
  keys: Keys,
  { now }: EffectInput,
  { secrets }: EffectRun,
): Promise<ItemOutcome> {
  try {
    if (parameters.keyFrom === 'field' && parameters.secret !== '') secrets.add(parameters.secret);
    const value = await resultOf(parameters, keys, now);
    const json = withField(item.json, parameters.output, value, parameters.keepOthers);
    return { items: [{ json, ...(parameters.keepOthers && item.binary && { binary: item.binary }) }] };
  } catch (error) {
    if (error instanceof StepFailure && !error.retryable) return { failure: error.failure };
    throw error;
  }
}

async function resultOf(parameters: CryptoParameters, keys: Keys, now: number): Promise<JsonValue> {
  const { operation, value, algorithm, encoding, signature } = parameters;
  switch (operation) {
    case 'hash':
      return digest(algorithm, value, encoding);
    case 'hmac':
      return digest(algorithm, value, encoding, await keys.secret(parameters));
    case 'verifyHmac':
      return sameText(digest(algorithm, value, encoding, await keys.secret(parameters)), signature, encoding);
    case 'sign':
      return signValue(value, { algorithm, encoding, key: await keys.privateKey(parameters) });
    case 'verify':
      return verifyValue(value, signature, { algorithm, encoding, key: await keys.publicKey(parameters) });
    case 'jwtSign':
      return await signToken(parameters, keys, now);
    case 'jwtVerify':
      return await verifyToken(parameters, keys);
    case 'jwtDecode':
      return decodeToken(parameters.token);
    case 'random':
      return randomValue(parameters);
  }
}
