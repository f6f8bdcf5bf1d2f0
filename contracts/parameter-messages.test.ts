import { expect, it } from '@jest/globals';
import { catalogue } from './catalogue/index.ts';
import { parameterMessage } from './parameter-messages.ts';

/** The messages that a schema was given, its checks and the schemas inside it too. */
function messagesOf(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const definition = (value as { _zod?: { def?: Record<string, unknown> } })._zod?.def;
  if (!definition) return Object.values(value).flatMap((inner) => messagesOf(inner, seen));
  const { error } = definition;
  const said: unknown =
    typeof error === 'function' ? error({ code: 'custom', input: undefined, path: [] }) : undefined;
  return [
    ...(typeof said === 'string' ? [said] : []),
    ...Object.values(definition).flatMap((inner) => messagesOf(inner, seen)),
  ];
}

it('every message of a parameter is there in Portuguese', () => {
  const messages = new Set(catalogue.flatMap(({ parameters }) => messagesOf(parameters)));
  expect(messages).toContain('A webhook needs a path.');
  const english = [...messages].filter((message) => parameterMessage(message).pt === message);
  expect(english).toEqual([]);
});

it('what zod itself says stands as it is', () => {
  expect(parameterMessage('Invalid input')).toEqual({ en: 'Invalid input', pt: 'Invalid input' });
});
