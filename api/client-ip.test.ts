import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { clientIp } from './client-ip.ts';

const ipOf = (hops: number, forwarded?: string, direct = '::ffff:10.0.0.1') => {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: direct });
  const request = new IncomingMessage(socket);
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  return clientIp(request, { HIVIEX_TRUST_PROXY: hops });
};

describe('clientIp', () => {
  it('believes no header where there is no proxy', () => {
    expect(ipOf(0, '203.0.113.7')).toBe('10.0.0.1');
  });

  it('takes the entry that the outermost trusted proxy wrote, not what the caller did', () => {
    expect(ipOf(1, '203.0.113.7')).toBe('203.0.113.7');
    expect(ipOf(1, '198.51.100.1, 203.0.113.7')).toBe('203.0.113.7');
    expect(ipOf(2, '198.51.100.1, 203.0.113.7, 10.0.0.2')).toBe('203.0.113.7');
    expect(ipOf(1)).toBe('10.0.0.1');
  });

  it.each([
    ['203.0.113.7:4711', '203.0.113.7'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['unknown', undefined],
    ['<script>', undefined],
  ])('reads %s as %s', (entry, address) => {
    expect(ipOf(1, entry)).toBe(address);
  });
});
