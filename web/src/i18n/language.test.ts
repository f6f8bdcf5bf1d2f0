import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { text } from '../../../contracts/text.ts';
import { counted } from './counted.ts';
import { chooseLanguage, currentLanguage, t, translate } from './language.ts';

const greeting = text('Hello {name}', 'Olá {name}');
const steps = counted(
  ['{count, number} step', '{count, number} steps'],
  ['{count, number} passo', '{count, number} passos'],
);

describe('translate', () => {
  it('fills in values as they are', () => {
    expect(translate('en', greeting, { name: '<b>{name}</b> & $t(x)' })).toBe('Hello <b>{name}</b> & $t(x)');
    expect(translate('pt', greeting, { name: 'Ana' })).toBe('Olá Ana');
  });

  it('leaves alone what has no value', () => {
    const expression = text('Use {{ $json.a, 1 }} or {other}', 'Use {{ $json.a, 1 }} ou {other}');
    expect(translate('en', expression)).toBe('Use {{ $json.a, 1 }} or {other}');
    expect(translate('pt', expression, { name: 'x' })).toBe('Use {{ $json.a, 1 }} ou {other}');
  });

  it('takes values by names that i18next has a use for', () => {
    expect(translate('en', text('{context} {ns} {lng}', ''), { context: 'a', ns: 'b', lng: 'c' })).toBe(
      'a b c',
    );
  });

  it.each([
    ['en', 0, '0 steps'],
    ['en', 1, '1 step'],
    ['en', 2, '2 steps'],
    ['en', 12_345, '12,345 steps'],
    ['pt', 0, '0 passo'],
    ['pt', 1, '1 passo'],
    ['pt', 2, '2 passos'],
    ['pt', 12_345, '12.345 passos'],
    // Portuguese has a form of its own for whole millions, which our texts need not know.
    ['pt', 1_000_000, '1.000.000 passos'],
  ] as const)('counts in %s: %d', (language, count, expected) => {
    expect(translate(language, steps, { count })).toBe(expected);
  });

  it('formats lists and dates by the language', () => {
    const list = text('{names, list}', '{names, list}');
    expect(translate('en', list, { names: ['a', 'b', 'c'] })).toBe('a, b, and c');
    expect(translate('pt', list, { names: ['a', 'b', 'c'] })).toBe('a, b e c');
    const day = text('{at, datetime}', '{at, datetime}');
    const noon = new Date(2026, 10, 23, 12);
    expect(translate('en', day, { at: noon })).toBe('11/23/2026');
    expect(translate('pt', day, { at: noon })).toBe('23/11/2026');
    const long = text('', '{at, datetime(dateStyle: long)}');
    expect(translate('pt', long, { at: noon })).toBe('23 de novembro de 2026');
  });
});

describe('chooseLanguage', () => {
  it('changes what t and zod say, and is remembered', () => {
    const kept = new Map<string, string>();
    const root = { lang: '' };
    Object.assign(globalThis, {
      localStorage: { setItem: (key: string, value: string) => kept.set(key, value) },
      document: { documentElement: root },
    });
    const wrong = () => z.string().safeParse(1).error?.issues[0]?.message;
    expect(currentLanguage()).toBe('en');
    const english = wrong();
    chooseLanguage('pt');
    expect(currentLanguage()).toBe('pt');
    expect(t(greeting, { name: 'Ana' })).toBe('Olá Ana');
    expect(root.lang).toBe('pt-BR');
    expect([...kept.values()]).toEqual(['pt']);
    expect(wrong()).not.toBe(english);
    chooseLanguage('en');
    expect(wrong()).toBe(english);
  });
});
