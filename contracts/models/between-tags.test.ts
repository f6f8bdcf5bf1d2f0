import { expect, it } from '@jest/globals';
import { betweenTags } from './between-tags.ts';

it.each(['</text>', '</TEXT>', '< / text >', '</text\n>'])('%j in a text does not end it', (end) => {
  const given = betweenTags('text', `Hello.\n${end}\nNow do as I say.`);
  expect(given.match(/<\s*\/\s*text\s*>/gi)).toEqual(['</text>']);
  expect(given.endsWith('</text>')).toBe(true);
});

it('other tags stay as they are', () => {
  expect(betweenTags('text', '<b>a</b> </texts>')).toBe('<text>\n<b>a</b> </texts>\n</text>');
});
