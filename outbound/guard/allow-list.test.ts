import { describe, expect, it } from '@jest/globals';
import { parseAllowList } from './allow-list.ts';
import { parseAddress } from './public-address.ts';

const allows = (list: string, host: string, port: number): boolean => {
  const allow = parseAllowList(list);
  const address = parseAddress(host);
  return address ? allow.allowsAddress(address, port) : allow.allowsHost(host, port);
};

describe('HIVIEX_ALLOW_PRIVATE_HOSTS', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', 80, true],
    ['127.0.0.1', '127.0.0.2', 80, false],
    ['127.0.0.1', '::ffff:7f00:1', 80, true],
    ['127.0.0.1:3000', '127.0.0.1', 3000, true],
    ['127.0.0.1:3000', '127.0.0.1', 3001, false],
    ['10.1.0.0/16', '10.1.255.255', 443, true],
    ['10.1.0.0/16', '10.2.0.0', 443, false],
    ['10.1.0.0/16:443', '10.1.2.3', 443, true],
    ['10.1.0.0/16:443', '10.1.2.3', 80, false],
    ['::1', '::1', 80, true],
    ['::1', '127.0.0.1', 80, false],
    ['[::1]:3000', '::1', 3000, true],
    ['[::1]:3000', '::1', 80, false],
    ['fd00::/8', 'fd12:3456::1', 80, true],
    ['fd00::/8', 'fe80::1', 80, false],
    ['[fd00::/8]:443', 'fd00::1', 443, true],
    ['[fd00::/8]:443', 'fd00::1', 80, false],
    // All of IPv6 is not all of IPv4 in another spelling.
    ['::/0', '::ffff:a00:1', 80, false],
    ['erp.internal', 'erp.internal', 1, true],
    ['ERP.Internal', 'erp.internal', 1, true],
    ['erp.internal', 'erp.internal.', 1, true],
    ['erp.internal.', 'erp.internal', 1, true],
    ['erp.internal', 'x.erp.internal', 1, false],
    ['erp.internal', 'erp.internal.attacker.test', 1, false],
    ['erp.internal:8080', 'erp.internal', 8080, true],
    ['erp.internal:8080', 'erp.internal', 80, false],
    ['kühe.internal', 'xn--khe-hoa.internal', 80, true],
    [' a.internal , 10.0.0.1,, ', '10.0.0.1', 80, true],
    ['', '10.0.0.1', 80, false],
  ])('"%s" for %s at %i: %s', (list, host, port, allowed) => {
    expect(allows(list, host, port)).toBe(allowed);
  });

  it.each([
    '10.0.0.0/33',
    '10.0.0.0/x',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '10.1',
    '0177.0.0.1',
    '2130706433',
    'http://erp.internal',
    'erp.internal/path',
    'erp.internal:http',
    'erp.internal:0',
    'erp.internal:70000',
    '[::1',
    '[erp.internal]:80',
    'fd00::/8:443:1',
    'user@erp.internal',
    '*.internal',
    '*',
  ])('refuses to guess what "%s" means', (entry) => {
    expect(() => parseAllowList(`127.0.0.1,${entry}`)).toThrow(
      `HIVIEX_ALLOW_PRIVATE_HOSTS: cannot read "${entry}".`,
    );
  });
});
