import { describe, expect, it } from '@jest/globals';
import { wayBack, withWayBack } from './way-back.ts';

const of = (to: string) => wayBack(new URLSearchParams({ to }));

describe('wayBack', () => {
  it('leads to addresses of the app', () => {
    expect(of('/runs/1?tab=a#b')).toBe('/runs/1?tab=a#b');
    expect(wayBack(new URLSearchParams())).toBe('/');
  });

  it.each([
    ...['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', 'runs'],
    ...['/\t/evil.example', '/\n\\evil.example'],
  ])('leads Home instead of %j', (to) => expect(of(to)).toBe('/'));
});

describe('withWayBack', () => {
  it('is read by wayBack', () => {
    const page = withWayBack('/sign-in', '/runs?state=failed&x=1');
    expect(wayBack(new URL(page, 'http://app').searchParams)).toBe('/runs?state=failed&x=1');
    expect(withWayBack('/sign-in', '/')).toBe('/sign-in');
  });
});
