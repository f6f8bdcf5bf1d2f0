import { describe, expect, it } from '@jest/globals';
import { failureText, jsonText, logsText, noOutputs, outputsText, responseText } from './json-text.ts';

describe('jsonText', () => {
  it.each([
    ['NUL', 'a\u0000b', 'a\ufffdb'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
    ['a backslash before u0000', 'a\\u0000b', 'a\\u0000b'],
    ['a backslash and then NUL', 'a\\\u0000b', 'a\\\ufffdb'],
    ['a surrogate pair', '😀', '😀'],
    ['plain text', 'olá', 'olá'],
  ])('keeps %s in a form that Postgres takes', (_, given, kept) => {
    expect(JSON.parse(jsonText({ text: given, [given]: [given] }))).toEqual({ text: kept, [kept]: [kept] });
  });
});

describe('outputsText', () => {
  const items = Array.from({ length: 1_000 }, (_, id) => ({ json: { id, text: 'x'.repeat(100) } }));

  it('keeps what fits', () => {
    expect(outputsText({ outputs: { main: items } })).toEqual({ json: JSON.stringify({ main: items }) });
  });

  it('keeps the first items of each port and says how many there were', () => {
    const { json, truncated } = outputsText({ outputs: { main: items, error: items.slice(0, 3) } }, 10_000);
    expect(json.length).toBeLessThanOrEqual(10_100);
    const kept = JSON.parse(json) as Record<string, unknown[]>;
    expect(kept.main?.length).toBeGreaterThan(10);
    expect(kept.main).toEqual(items.slice(0, kept.main?.length));
    expect(kept.error).toEqual(items.slice(0, 3));
    expect(truncated).toEqual({ main: 1_000, error: 3 });
  });

  it('keeps what is a preview already as it is', () => {
    const preview = { outputs: { main: items.slice(0, 2) }, truncated: { main: 1_000 } };
    expect(outputsText(preview, 100)).toEqual({
      json: JSON.stringify(preview.outputs),
      truncated: { main: 1_000 },
    });
  });

  it('keeps none of a port whose first item is too large', () => {
    const { json, truncated } = outputsText(
      { outputs: { main: [{ json: { text: 'x'.repeat(20_000) } }] } },
      10_000,
    );
    expect(JSON.parse(json)).toEqual({ main: [] });
    expect(truncated).toEqual({ main: 1 });
    expect(noOutputs({ main: 1 })).toEqual({ json, truncated });
  });
});

it('leaves out what nobody reads to its end', () => {
  const long = 'x'.repeat(300_000);
  expect(JSON.parse(failureText({ code: 'c', message: 'm', details: long }))).toEqual({
    code: 'c',
    message: 'm',
  });
  expect(JSON.parse(failureText({ code: 'c', message: 'm', details: 1 }))).toHaveProperty('details', 1);
  expect(JSON.parse(logsText(['first', long, 'last']))).toEqual(['first', '… 2 more lines were not kept']);
  const response = { status: 200, headers: [], body: { kind: 'json' as const, value: long } };
  const kept = JSON.parse(responseText(response)) as { body: { kind: string; value: string } };
  expect(kept.body.kind).toBe('text');
  expect(kept.body.value).toMatch(/more characters were not kept$/);
  const short = { status: 200, headers: [], body: { kind: 'none' as const } };
  expect(JSON.parse(responseText(short))).toEqual(short);
});
