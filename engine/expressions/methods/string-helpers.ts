import { DateTime } from 'luxon';
import { ExpressionError } from '../errors.ts';
import { compileRegex } from '../regex/compile-regex.ts';
import { matchRegex } from '../regex/match-regex.ts';
import { toInteger, toText } from '../values/convert.ts';
import { Builtin, type Context, methods, newText, RegexValue } from '../values/internal.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { parseDateTime } from './parse-date.ts';
import { replaceText } from './regex.ts';
import { parseJson } from './support.ts';

/** Our own matcher for our own patterns too: texts are as hostile as expressions. */
const regex = (source: string, flags = ''): RegexValue => new RegexValue(compileRegex(source, flags));

const EMAIL = regex('[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}');
const WHOLE_EMAIL = regex('^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}$');
const URL = regex('https?://[^\\s<>"\'`]{1,2000}', 'i');
const WHOLE_URL = regex('^(?:https?|ftp)://[^\\s/?#]{1,255}(?:[/?#]\\S{0,4000})?$', 'i');
const DOMAIN = regex(
  '^(?:[a-z][a-z0-9+.-]{0,20}://)?(?:[^@/\\s]{1,100}@)?((?:[a-z0-9-]{1,63}\\.){1,8}[a-z0-9-]{2,63})',
  'i',
);
const TAGS = regex('<[^<>]{1,2000}>', 'g');

function found(context: Context, pattern: RegexValue, text: string, group = 0): string | undefined {
  const captures = matchRegex(pattern.program, text, 0, context.budget);
  if (captures === undefined || captures[group * 2]! < 0) return undefined;
  return text.slice(captures[group * 2], captures[group * 2 + 1]);
}

const matches = (context: Context, pattern: RegexValue, text: string): boolean =>
  matchRegex(pattern.program, text, 0, context.budget) !== undefined;

const MARKDOWN: readonly (readonly [RegexValue, string])[] = [
  [regex('^(-{3,}|\\*{3,}|_{3,})\\s*$', 'gm'), ''],
  [regex('^```.{0,40}$', 'gm'), ''],
  [regex('^ {0,3}#{1,6} +', 'gm'), ''],
  [regex('^ {0,3}> ?', 'gm'), ''],
  [regex('^( {0,12})[*+-] +', 'gm'), '$1'],
  [regex('!\\[([^\\]\\n]{0,500})\\]\\([^)\\n]{0,2000}\\)', 'g'), '$1'],
  [regex('\\[([^\\]\\n]{0,500})\\]\\([^)\\n]{0,2000}\\)', 'g'), '$1'],
  [regex('(\\*\\*|__)([^*_\\n]{1,2000})\\1', 'g'), '$2'],
  [regex('([*_])([^*_\\n]{1,2000})\\1', 'g'), '$2'],
  [regex('`([^`\\n]{1,2000})`', 'g'), '$1'],
];

/** Words of a name in any case: `fooBar foo-bar` → foo, Bar, foo, bar. */
function words(context: Context, text: string): string[] {
  const spaced = replaceText(context, text, [regex('([a-z0-9])([A-Z])', 'g'), '$1 $2'], true);
  return replaceText(context, spaced, [regex('[^\\p{L}\\p{N}]+', 'gu'), ' '], true)
    .split(' ')
    .filter((word) => word !== '');
}

/** Replacement for toSentenceCase: keeps what came before the letter. */
const UPPER = new Builtin('upper', {
  call: (_context, [, before, letter]) => String(before) + String(letter).toUpperCase(),
});

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function number(context: Context, text: string, method: string): number {
  context.budget.scan(text.length);
  const value = Number(text.trim().replace(/,/g, ''));
  const parsed = Number.isNaN(value) ? Number.parseFloat(text) : value;
  if (text.trim() === '' || Number.isNaN(parsed)) {
    throw new ExpressionError('type', `${method}() cannot make a number of "${text.slice(0, 40)}".`);
  }
  return parsed;
}

function toDateTime(context: Context, text: string): DateTime {
  context.budget.step(20);
  const { zone } = context.scope.source;
  const numeric = /^-?\d{9,14}(\.\d{1,6})?$/.test(text.slice(0, 24)) ? Number(text) : undefined;
  if (numeric !== undefined) {
    const ms = Math.abs(numeric) < 1e11 ? numeric * 1000 : numeric;
    return DateTime.fromMillis(ms, { zone, locale: 'en-US' });
  }
  context.budget.step(100);
  const date = parseDateTime(text, zone);
  if (date.isValid) return date;
  throw new ExpressionError(
    'type',
    `"${text.slice(0, 60)}" is not a date. Give the format: DateTime.fromFormat(text, 'dd/MM/yyyy').`,
  );
}

/** n8n's additions to text. */
export const stringHelpers = methods<string>({
  isEmpty: (_context, self) => self === '',
  isNotEmpty: (_context, self) => self !== '',
  isEmail: (context, self) => matches(context, WHOLE_EMAIL, self),
  isUrl: (context, self) => matches(context, WHOLE_URL, self),
  isDomain: (context, self) => found(context, DOMAIN, self) === self,
  isNumeric: (_context, self) => self.trim() !== '' && self.length < 400 && !Number.isNaN(Number(self)),
  extractEmail: (context, self) => found(context, EMAIL, self),
  extractUrl: (context, self) => found(context, URL, self),
  extractDomain: (context, self) =>
    found(
      context,
      DOMAIN,
      self.includes('://') || !self.includes('@') ? self : self.slice(self.lastIndexOf('@') + 1),
      1,
    ),
  toInt: (context, self, [radix]) => {
    if (radix === undefined) return Math.trunc(number(context, self, 'toInt'));
    return Number.parseInt(self, toInteger(context, radix));
  },
  toFloat: (context, self) => number(context, self, 'toFloat'),
  toNumber: (context, self) => number(context, self, 'toNumber'),
  toBoolean: (_context, self) =>
    !['', 'false', '0', 'no', 'off'].includes(self.slice(0, 10).trim().toLowerCase()),
  toDateTime,
  toDate: toDateTime,
  parseJson: (context, self) => parseJson(context, self),
  toJsonString: (context, self) => {
    context.budget.allocate(self.length * 2);
    return JSON.stringify(self);
  },
  quote: (context, self, [mark]) => {
    const quote = mark === undefined ? '"' : toText(context, mark).slice(0, 1);
    context.budget.allocate(self.length * 2);
    return quote + (quote === '' ? self : self.replaceAll(quote, () => `\\${quote}`)) + quote;
  },
  toTitleCase: (context, self) => {
    context.budget.allocate(self.length * 2);
    return self
      .toLowerCase()
      .split(' ')
      .map((word) => capitalize(word))
      .join(' ');
  },
  toSentenceCase: (context, self) => {
    context.budget.allocate(self.length);
    return replaceText(
      context,
      self.toLowerCase(),
      [regex('(^|[.!?]\\s{1,20})(\\p{Ll})', 'gu'), UPPER],
      true,
    );
  },
  toSnakeCase: (context, self) => newText(context, words(context, self).join('_').toLowerCase()),
  toCamelCase: (context, self) => {
    const [first = '', ...rest] = words(context, self).map((word) => word.toLowerCase());
    return newText(context, first + rest.map(capitalize).join(''));
  },
  removeTags: (context, self) => replaceText(context, self, [TAGS, ''], true),
  removeMarkdown: (context, self) => {
    let text = self;
    for (const [pattern, replacement] of MARKDOWN)
      text = replaceText(context, text, [pattern, replacement], true);
    return text;
  },
  replaceSpecialChars: (context, self) => {
    context.budget.allocate(self.length * 4);
    const plain = self.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
    return plain.replace(/[ßæœøłđðþÆŒØŁĐÐÞ]/g, (char) => LETTERS[char] ?? char);
  },
  urlEncode: (context, self, [entireString]) => {
    context.budget.allocate(self.length * 3);
    return wellFormed('urlEncode', () => (entireString ? encodeURI(self) : encodeURIComponent(self)));
  },
  urlDecode: (context, self, [entireString]) => {
    context.budget.allocate(self.length);
    return wellFormed('urlDecode', () => (entireString ? decodeURI(self) : decodeURIComponent(self)));
  },
  base64Encode: (context, self) => encodeBase64(context, self),
  base64Decode: (context, self) => decodeBase64(context, self),
  length: (_context, self) => self.length,
  hash: () => {
    throw new ExpressionError(
      'unsupported',
      'hash() is not available in expressions. Use a Crypto or Code node.',
    );
  },
});

const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
  Ð: 'D',
  Þ: 'Th',
};

function wellFormed(method: string, convert: () => string): string {
  try {
    return convert();
  } catch {
    throw new ExpressionError('type', `${method}() got text that is not well formed.`);
  }
}
