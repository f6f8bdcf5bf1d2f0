import { describe, expect, it } from '@jest/globals';
import { previewOf } from './outputs-preview.ts';

const items = (count: number, text = 'x') => Array.from({ length: count }, (_, n) => ({ json: { n, text } }));

describe('A preview of outputs', () => {
  it('is not made of what is small enough', () => {
    expect(previewOf({})).toBeUndefined();
    expect(previewOf({ main: [] })).toBeUndefined();
    expect(previewOf({ main: items(100) })).toBeUndefined();
  });

  it('has the first items of every port, and how many there were', () => {
    const outputs = { true: items(500), false: items(3), error: [] };
    const preview = previewOf(outputs, 3_000)!;
    expect(preview.truncated).toEqual({ true: 500, false: 3, error: 0 });
    expect(preview.outputs.false).toEqual(outputs.false);
    expect(preview.outputs.error).toEqual([]);
    const kept = preview.outputs.true!;
    expect(kept.length).toBeGreaterThan(10);
    expect(kept).toEqual(outputs.true.slice(0, kept.length));
    expect(JSON.stringify(preview.outputs).length).toBeLessThan(3_100);
  });

  it('has no item of a port whose first one is too large', () => {
    expect(previewOf({ main: items(2, 'x'.repeat(5_000)) }, 3_000)).toEqual({
      outputs: { main: [] },
      truncated: { main: 2 },
    });
  });
});
