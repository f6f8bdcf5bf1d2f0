import { expect, it } from '@jest/globals';
import { markdown } from './markdown.ts';

it.each([
  ['<script>alert(1)</script>', '<script>'],
  ['<img src=x onerror=alert(1)>', '<img'],
  ['![x](https://evil.example/?q=1)', '<img'],
  ['[x](javascript:alert(1))', 'javascript:'],
  ['[x](data:text/html,1)', 'data:'],
  ['[x](//evil.example)', '<a'],
  ['[x](https://bank.example@evil.example/)', '<a'],
  ['[x](https://a.example/"onclick="alert(1))', 'onclick="'],
])('nothing of %s gets through', (text, bad) => {
  expect(markdown(text).text).not.toContain(bad);
});

it.each([
  ['[the report](https://a.example/r)', '>the report</a> <small>(a.example)</small>'],
  [
    '[**https://bank.example**](https://evil.example)',
    '<strong>https://bank.example</strong> → <a href="https://evil.example/"',
  ],
  ['https://a.example/r', 'rel="noopener noreferrer nofollow" target="_blank">https://a.example/r</a></p>'],
])('a link says where it leads: %s', (text, shown) => {
  expect(markdown(text).text).toContain(shown);
});
