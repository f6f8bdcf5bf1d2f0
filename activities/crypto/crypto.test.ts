import { createHmac, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, SignJWT } from 'jose';
import { cryptoNode } from '../../contracts/catalogue/crypto.ts';
import type { EffectInput, ItemOutcome } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { secretMarkerOf } from '../../contracts/variables.ts';
import { failureOf } from '../testing.ts';
import { createTestWorkspace, type TestWorkspace } from '../testing-workspace.ts';

const full = (parameters: JsonObject): JsonObject => cryptoNode.parameters.parse(parameters) as JsonObject;

describe('the crypto node', () => {
  let workspace: TestWorkspace;
  const rsa = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const ed = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  let secret: string;
  let pair: string;
  let edPair: string;

  beforeAll(async () => {
    workspace = await createTestWorkspace();
    secret = await workspace.add('signing-key', { secret: 'Jefe' });
    pair = await workspace.add('signing-key', { privateKey: rsa.privateKey }, { publicKey: rsa.publicKey });
    // As a password field hands it over: without its line breaks.
    edPair = await workspace.add('signing-key', { privateKey: ed.privateKey.replaceAll('\n', '') });
  }, 60_000);
  afterAll(() => workspace.close());

  const outcomes = async (parameters: JsonObject, over: Partial<EffectInput> = {}): Promise<ItemOutcome[]> =>
    (await workspace.call('crypto', full(parameters), over)).outcomes ?? [];
  const one = async (parameters: JsonObject, over: Partial<EffectInput> = {}) => {
    const [outcome] = await outcomes({ keepOthers: false, ...parameters }, over);
    if (!outcome) throw new Error('no outcome');
    return 'failure' in outcome ? outcome.failure.code : outcome.items[0]?.json.data;
  };

  // FIPS 180-4, FIPS 202 and RFC 1321: "abc".
  it.each([
    ['md5', '900150983cd24fb0d6963f7d28e17f72'],
    ['sha1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['sha256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['sha3-256', '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532'],
  ])('hashes with %s', async (algorithm, hash) => {
    expect(await one({ value: 'abc', algorithm })).toBe(hash);
  });

  it('makes the HMAC of RFC 4231 with a secret of a credential', async () => {
    const parameters = { operation: 'hmac', value: 'what do ya want for nothing?', credential: secret };
    const hmac = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
    expect(await one(parameters)).toBe(hmac);
    expect(await one({ ...parameters, encoding: 'base64' })).toBe(
      Buffer.from(hmac, 'hex').toString('base64'),
    );
  });

  it('makes it with a secret variable, which is in no result and no log', async () => {
    const marker = secretMarkerOf('f00f', 'MISSING');
    const parameters = full({ operation: 'hmac', value: 'v', keyFrom: 'field', secret: marker });
    const { failure } = await failureOf(workspace.call('crypto', parameters, { secretMarker: 'f00f' }));
    expect(failure.code).toBe('variable-missing');
    const plain = { operation: 'hmac', value: 'v', keyFrom: 'field', secret: 'typed-secret' };
    expect(await one(plain)).toBe(createHmac('sha256', 'typed-secret').update('v').digest('hex'));
    expect(workspace.logged.join('')).not.toContain('typed-secret');
  });

  it.each([
    ['sha256=', (hmac: string) => hmac, true],
    ['', (hmac: string) => hmac.toUpperCase(), true],
    ['', (hmac: string) => hmac.replace(/.$/, (last) => (last === '0' ? '1' : '0')), false],
    ['', () => '', false],
  ])('checks an HMAC with the prefix "%s"', async (prefix, change, expected) => {
    const hmac = createHmac('sha256', 'Jefe').update('body').digest('hex');
    const signature = prefix + change(hmac);
    expect(await one({ operation: 'verifyHmac', value: 'body', credential: secret, signature })).toBe(
      expected,
    );
  });

  it('signs with a private key and checks with the public one', async () => {
    for (const credential of [pair, edPair]) {
      const signature = (await one({
        operation: 'sign',
        value: 'text',
        credential,
        encoding: 'base64',
      })) as string;
      const check = { operation: 'verify', credential, encoding: 'base64', signature };
      expect(await one({ ...check, value: 'text' })).toBe(true);
      expect(await one({ ...check, value: 'other' })).toBe(false);
      expect(await one({ ...check, value: 'text', signature: 'bm8=' })).toBe(false);
    }
  });

  it('makes tokens whose times follow from the step, and reads them', async () => {
    const now = Date.UTC(2024, 0, 1);
    const parameters = { operation: 'jwtSign', credential: secret, claims: '{"sub":"42"}', expiresIn: 60 };
    const token = (await one(parameters, { now })) as string;
    expect(await one(parameters, { now })).toBe(token);
    expect(decodeJwt(token)).toEqual({ sub: '42', iat: now / 1_000, exp: now / 1_000 + 60 });
    expect(await one({ operation: 'jwtDecode', token })).toMatchObject({ payload: { sub: '42' } });
    expect(await one({ operation: 'jwtVerify', credential: secret, token })).toBe('jwt-expired');
    const fresh = { ...parameters, jwtAlgorithm: 'RS256', credential: pair };
    const signed = (await one(fresh, { now: Date.now() })) as string;
    const check = { operation: 'jwtVerify', jwtAlgorithm: 'RS256', credential: pair, token: signed };
    expect(await one(check)).toMatchObject({ sub: '42' });
    expect(await one({ ...check, issuer: 'https://id.example' })).toBe('jwt-invalid');
  });

  it('takes no token of another algorithm than the one chosen', async () => {
    const forged = await new SignJWT({ sub: 'x' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(rsa.publicKey));
    const check = { operation: 'jwtVerify', jwtAlgorithm: 'RS256', credential: pair };
    expect(await one({ ...check, token: forged })).toBe('jwt-invalid');
    const none = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"x"}')}.`.replaceAll('=', '');
    expect(await one({ ...check, token: none })).toBe('jwt-invalid');
    expect(await one({ ...check, token: 'nothing' })).toBe('jwt-invalid');
  });

  it.each([
    ['uuid', /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/],
    ['hex', /^[\da-f]{7}$/],
    ['digits', /^\d{7}$/],
    ['base64url', /^[\w-]{7}$/],
  ])('makes a random %s', async (randomKind, pattern) => {
    const parameters = { operation: 'random', randomKind, length: 7 };
    const [first, second] = [await one(parameters), await one(parameters)];
    expect(first).toMatch(pattern);
    expect(second).not.toBe(first);
  });

  it.each([
    [{ operation: 'hmac' }, 'key-missing', () => edPair],
    [{ operation: 'sign' }, 'key-missing', () => secret],
    [{ operation: 'jwtSign', jwtAlgorithm: 'ES256' }, 'bad-key', () => pair],
    [{ operation: 'jwtSign', claims: '[1]' }, 'bad-claims', () => secret],
  ])('says what is wrong with %j', async (parameters, code, credential) => {
    expect(await one({ ...parameters, credential: credential() })).toBe(code);
  });

  it('works on each item with its own parameters, and goes on only where the node says so', async () => {
    const each = [
      full({ value: 'abc' }),
      full({ operation: 'jwtDecode', token: '?' }),
      full({ value: 'abc' }),
    ];
    const batch = { items: [1, 2, 3].map((n) => ({ json: { n } })), each };
    expect((await outcomes({}, batch)).map((outcome) => Object.keys(outcome)[0])).toEqual([
      'items',
      'failure',
    ]);
    const all = await outcomes({}, { ...batch, goesOn: true });
    expect(all[2]).toMatchObject({ items: [{ json: { n: 3, data: expect.stringMatching(/^ba78/) } }] });
  });
});
