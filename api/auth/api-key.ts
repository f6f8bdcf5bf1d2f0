/**
 * What an API key looks like: `hvx_p_` (a person's) or `hvx_s_` (a service account's), 30 random characters of 62 (178 bits), and
 * six more that are the checksum of all before. People and secret scanners recognise one at a glance, and a mistyped one needs no
 * look into the database.
 *
 *   hvx_s_4KDn0pX9…
 */
import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

export type ApiKeyKind = 'personal' | 'service';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const randomLength = 30;
const checksumLength = 6;
/** Of what is shown to tell keys apart: the kind and four characters, which leaves 154 bits unknown. */
const prefixLength = 10;

const form = /^(hvx_[ps]_[0-9A-Za-z]{30})([0-9A-Za-z]{6})$/;

export function newApiKey(kind: ApiKeyKind): { key: string; prefix: string } {
  const random = Array.from({ length: randomLength }, () => digits[randomInt(digits.length)]).join('');
  const body = `hvx_${kind === 'personal' ? 'p' : 's'}_${random}`;
  return { key: body + checksumOf(body), prefix: body.slice(0, prefixLength) };
}

/** It has the form of a key of ours and can't be one. Keys that an operator chose (HIVIEX_API_KEY) have any form. */
export function isMistypedKey(key: string): boolean {
  const [, body, checksum] = form.exec(key) ?? [];
  return body !== undefined && checksumOf(body) !== checksum;
}

function checksumOf(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let place = 0; place < checksumLength; place++) {
    text = digits[rest % digits.length] + text;
    rest = Math.floor(rest / digits.length);
  }
  return text;
}
