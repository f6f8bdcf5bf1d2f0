import { ExpressionError } from '../errors.ts';

/** A cursor over a pattern's source. `next` returns code points with the flag u, code units without. */
export class RegexReader {
  readonly source: string;
  readonly unicode: boolean;
  position = 0;

  constructor(source: string, unicode: boolean) {
    this.source = source;
    this.unicode = unicode;
  }

  get done(): boolean {
    return this.position >= this.source.length;
  }

  get peek(): string {
    return this.source[this.position] ?? '';
  }

  eat(char: string): boolean {
    if (this.source[this.position] !== char) return false;
    this.position++;
    return true;
  }

  next(): number {
    const code = this.unicode
      ? this.source.codePointAt(this.position)
      : this.source.charCodeAt(this.position);
    if (code === undefined || Number.isNaN(code)) throw this.fail('ends too early');
    this.position += code > 0xffff ? 2 : 1;
    return code;
  }

  fail(what: string): ExpressionError {
    return new ExpressionError('syntax', `The regular expression /${this.source.slice(0, 80)}/ ${what}.`);
  }

  /** Reads digits of the given base, exactly `length` of them, or nothing. */
  private digits(length: number, base: number): number | undefined {
    const text = this.source.slice(this.position, this.position + length);
    const valid = base === 16 ? /^[0-9a-f]+$/i : /^[0-7]+$/;
    if (text.length !== length || !valid.test(text)) return undefined;
    this.position += length;
    return Number.parseInt(text, base);
  }

  /** `{n}`, `{n,}` or `{n,m}`; without the flag u anything else is a literal brace. */
  braces(): { min: number; max: number } | undefined {
    if (this.peek !== '{') return undefined;
    const found = /^\{(\d{1,9})(?:(,)(\d{0,9}))?\}/.exec(
      this.source.slice(this.position, this.position + 24),
    );
    if (found === null) {
      if (this.unicode) throw this.fail('has a "{" that must be written \\{');
      return undefined;
    }
    this.position += found[0].length;
    const min = Number(found[1]);
    if (found[2] === undefined) return { min, max: min };
    return { min, max: found[3] === '' ? Infinity : Number(found[3]) };
  }

  groupName(): string {
    const end = this.source.indexOf('>', this.position);
    const name = end < 0 ? '' : this.source.slice(this.position, end);
    if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) throw this.fail('has a group name that is not a word');
    this.position = end + 1;
    return name;
  }

  /** `\1` … when so many groups exist. */
  backReference(groups: number): number | undefined {
    const found = /^[1-9]\d{0,3}/.exec(this.source.slice(this.position, this.position + 4));
    if (found === null) return undefined;
    const index = Number(found[0]);
    if (index > groups) {
      if (this.unicode) throw this.fail(`refers to group ${index}, which does not exist`);
      return undefined;
    }
    this.position += found[0].length;
    return index;
  }

  /** The character after a backslash, classes excluded. */
  escapedChar(inClass: boolean): number {
    const char = this.peek;
    const simple = { n: 10, r: 13, t: 9, f: 12, v: 11 }[char];
    if (simple !== undefined) {
      this.position++;
      return simple;
    }
    if (char === 'b' && inClass) {
      this.position++;
      return 8;
    }
    if (char === 'x') return this.hex(2);
    if (char === 'u') return this.unicodeEscape();
    if (char === 'c' && /[a-z]/i.test(this.source[this.position + 1] ?? '')) {
      this.position += 2;
      return this.source.charCodeAt(this.position - 1) % 32;
    }
    if (/[0-7]/.test(char)) return this.octal();
    return this.next();
  }

  private hex(length: number): number {
    this.position++;
    const code = this.digits(length, 16);
    if (code !== undefined) return code;
    if (this.unicode) throw this.fail('has an incomplete escape');
    return this.source.charCodeAt(this.position - 1);
  }

  private unicodeEscape(): number {
    if (!this.unicode) return this.hex(4);
    const braced = /^u\{([0-9a-f]{1,6})\}/i.exec(this.source.slice(this.position, this.position + 10));
    if (braced !== null) {
      this.position += braced[0].length;
      return Number.parseInt(braced[1]!, 16);
    }
    const high = this.hex(4);
    if (high < 0xd800 || high > 0xdbff || !this.source.startsWith('\\u', this.position)) return high;
    const low = Number.parseInt(this.source.slice(this.position + 2, this.position + 6), 16);
    if (!(low >= 0xdc00 && low <= 0xdfff)) return high;
    this.position += 6;
    return (high - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000;
  }

  private octal(): number {
    for (const length of [3, 2, 1]) {
      const before = this.position;
      const code = this.digits(length, 8);
      if (code !== undefined && code < 256) return code;
      this.position = before;
    }
    return this.next();
  }
}
