import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';
import { defaultRateLimits } from './rate-limits.ts';

const limitsOf = (text: string) => readConfig({ HIVIEX_RATE_LIMITS: text }).HIVIEX_RATE_LIMITS;

describe('HIVIEX_RATE_LIMITS', () => {
  it('has a default for everything', () => {
    expect(readConfig({}).HIVIEX_RATE_LIMITS).toEqual(defaultRateLimits);
  });

  it('changes what it names and nothing else', () => {
    const limits = limitsOf('{"write":{"ip":600},"sign-in":{"address":5,"seconds":60}}');
    expect(limits).toEqual({
      ...defaultRateLimits,
      write: { ...defaultRateLimits.write, ip: 600 },
      'sign-in': { ...defaultRateLimits['sign-in'], address: 5, seconds: 60 },
    });
  });

  it('can be switched off', () => {
    expect(limitsOf('off')).toBeUndefined();
  });

  it.each(['no JSON', '{"writes":{}}', '{"write":{"ip":0}}', '{"write":{"user":1}}'])(
    'refuses %s',
    (text) => {
      expect(() => limitsOf(text)).toThrow('HIVIEX_RATE_LIMITS: has to be "off" or JSON');
    },
  );
});
