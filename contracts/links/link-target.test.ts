import { expect, it } from '@jest/globals';
import { linkTargetOf } from './link-target.ts';

const evil = 'https://evil.example/login';

it.each([
  ['https://paypal.com', evil],
  ['paypal.com', evil],
  ['www.paypal.com/login', evil],
  ['PayPal.com', evil],
  ['Log in at https://paypal.com now', evil],
  ['Log in at paypal.com, please', evil],
  ['https://paypal.com@evil.example', 'https://other.example/'],
  ['pay\u200bpal.com', evil],
  ['\u202emoc.lapyap', 'https://moc.lapyap.evil.example/'],
  ['раypal.com', 'https://paypal.com/'],
  ['evil.example.com', evil],
  ['ana@bank.example', 'mailto:eve@evil.example'],
  ['https://bank.example', 'mailto:eve@evil.example'],
])('“%s” is a disguise of %s', (words, href) => {
  expect(linkTargetOf(href, words).kind).toBe('disguised');
});

it.each([
  ['the report', evil, 'evil.example'],
  ['README.md', 'https://github.com/a/b', 'github.com'],
  ['Node.js 24', 'https://nodejs.org/', 'nodejs.org'],
  ['version 1.2.3', 'https://a.example:8443/', 'a.example:8443'],
  ['write to us', 'mailto:ana@a.example', 'ana@a.example'],
  ['раypal.com', 'https://раypal.com/', 'xn--ypal-43d9g.com'],
])('“%s” is told where it leads: %s', (words, href, place) => {
  expect(linkTargetOf(href, words)).toEqual({ place, kind: 'named' });
});

it.each([
  ['https://www.evil.example/login', evil],
  ['evil.example', evil],
  ['a.example/b?c', 'https://www.a.example/b?c'],
  ['ana@a.example', 'mailto:ana@a.example'],
])('“%s” says it itself', (words, href) => {
  expect(linkTargetOf(href, words).kind).toBe('plain');
});
