import { describe, expect, it } from '@jest/globals';
import { curl } from './curl.ts';

describe('curl', () => {
  it('quotes for the shell', () => {
    expect(curl({ method: 'POST', url: 'http://x/y', body: { name: "Ana's" }, authorized: false })).toBe(
      `curl -X POST 'http://x/y' \\\n  -H 'Content-Type: application/json' \\\n  -d '{"name":"Ana'\\''s"}'`,
    );
  });
});
