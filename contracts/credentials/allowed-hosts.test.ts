import { describe, expect, it } from '@jest/globals';
import { allowsHost, isHostList, isWider } from './allowed-hosts.ts';

describe('allowed hosts', () => {
  it.each([
    ['', 'https://any.example/', true],
    [' , ', 'https://any.example/', true],
    ['api.example.com', 'https://API.example.com./x', true],
    ['api.example.com', 'http://api.example.com:8080', true],
    ['API.Example.com', 'https://api.example.com', true],
    ['api.example.com', 'https://api.example.com.evil.example', false],
    ['api.example.com', 'https://evil.example/?api.example.com', false],
    ['api.example.com', 'https://api.example.com@evil.example', false],
    ['example.com', 'https://api.example.com', false],
    ['*.example.com', 'https://a.b.example.com', true],
    ['*.example.com', 'https://example.com', false],
    ['*.example.com', 'https://notexample.com', false],
    ['a.example, b.example:8443', 'https://b.example:8443', true],
    ['a.example, b.example:8443', 'https://b.example', false],
    ['b.example:443', 'https://b.example', true],
    ['b.example:80', 'https://b.example', false],
    ['[::1]:8080', 'http://[::1]:8080', true],
    ['127.0.0.1', 'http://0x7f.1', true],
    ['bücher.example', 'https://xn--bcher-kva.example', true],
  ])('%p and %s: %p', (list, url, allowed) => {
    expect(allowsHost(list, new URL(url))).toBe(allowed);
  });

  it('are refused when they cannot be read: no misspelled one may allow something else, or everything', () => {
    for (const wrong of [
      'https://a.example',
      'a.example/x',
      'a*.example',
      '*',
      'a b',
      'a.example:99999',
      'u@a',
    ]) {
      expect([wrong, isHostList(wrong)]).toEqual([wrong, false]);
      expect(allowsHost(wrong, new URL('https://a.example'))).toBe(false);
    }
    expect(isHostList('a.example, *.b.example:8443, [::1], 10.0.0.1:80')).toBe(true);
  });

  it('are wider with more in them, or with none left', () => {
    expect(isWider('', 'a.example')).toBe(false);
    expect(isWider('a.example, b.example', 'B.example')).toBe(false);
    expect(isWider('a.example', 'a.example, b.example')).toBe(true);
    expect(isWider('a.example', '')).toBe(true);
  });
});
