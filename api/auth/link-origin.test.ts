import { expect, it } from '@jest/globals';
import { readConfig } from '../../contracts/config.ts';
import { linkOrigin } from './link-origin.ts';

const local = readConfig({ PORT: '4000' });
const configured = readConfig({ PUBLIC_URL: 'https://hiviex.example/' });
const asked = (host: string | undefined) => ({ headers: { host } });

it('believes Host only for a loopback name, and only while no address is configured', () => {
  for (const host of ['localhost:4000', '127.0.0.1:4001', '127.9.9.9', '[::1]:4000'])
    expect(linkOrigin(local, asked(host))).toBe(`http://${host}`);
  for (const host of [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost@evil.example',
    'x y',
    undefined,
  ])
    expect(linkOrigin(local, asked(host))).toBe('http://localhost:4000');
  expect(linkOrigin(configured, asked('localhost:4000'))).toBe('https://hiviex.example');
});
