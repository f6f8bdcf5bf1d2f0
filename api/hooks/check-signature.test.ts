import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { checkSignature, type SignatureCheck } from './check-signature.ts';

const secret = 'whsec_of_the_shop';
const body = Buffer.from('{"total":7}');
const now = 1_800_000_000_000;
const hex = (text: string, key = secret) => createHmac('sha256', key).update(text).digest('hex');
const of = (scheme: SignatureCheck['scheme']) => ({ scheme, secret, header: 'x-signature' });
const time = now / 1_000;

function check(scheme: SignatureCheck['scheme'], headers: Record<string, string>, at = now) {
  checkSignature(headers, body, of(scheme), at);
}

const stripe = (t: number, ...signatures: string[]) => ({
  'stripe-signature': [`t=${t}`, ...signatures.map((signature) => `v1=${signature}`), 'v0=old'].join(','),
});
const slack = (t: number, signature: string) => ({
  'x-slack-request-timestamp': String(t),
  'x-slack-signature': `v0=${signature}`,
});

describe('A signature', () => {
  it.each([
    ['github', { 'x-hub-signature-256': `sha256=${hex(body.toString())}` }],
    ['stripe', stripe(time, hex(`${time}.${body}`))],
    // While a secret is exchanged Stripe signs with both.
    ['stripe', stripe(time, hex(`${time}.${body}`, 'the other one'), hex(`${time}.${body}`))],
    ['slack', slack(time, hex(`v0:${time}:${body}`))],
    ['generic', { 'x-signature': hex(body.toString()) }],
    ['generic', { 'x-signature': createHmac('sha256', secret).update(body).digest('base64') }],
  ] as const)('of %s is let through', (scheme, headers) => {
    expect(() => check(scheme, headers)).not.toThrow();
  });

  it.each([
    ['github', {}],
    ['github', { 'x-hub-signature-256': `sha256=${hex('{"total":8}')}` }],
    ['github', { 'x-hub-signature-256': `sha256=${hex(body.toString(), 'another secret')}` }],
    ['github', { 'x-hub-signature-256': 'sha256=' }],
    ['stripe', stripe(time - 301, hex(`${time - 301}.${body}`))],
    ['stripe', stripe(time, hex(`${time - 1}.${body}`))],
    ['stripe', { 'stripe-signature': 'nonsense' }],
    ['slack', slack(time + 301, hex(`v0:${time + 301}:${body}`))],
    ['slack', slack(time, hex(body.toString()))],
    ['generic', { 'x-signature': '' }],
  ] as const)('of %s that is not theirs is refused: %j', (scheme, headers) => {
    expect(() => check(scheme, headers)).toThrow(expect.objectContaining({ code: 'webhook-signature' }));
  });
});
