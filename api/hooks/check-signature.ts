/**
 * Checks that a delivery was signed by who knows the secret. What is signed is the body as it was sent, byte by byte. Comparing takes
 * the same time whatever differs; schemes with a time refuse what is older than five minutes, so that a delivery somebody overheard is
 * no use to them later.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { SignatureScheme } from '../../contracts/webhook-signatures.ts';
import { ApiProblem } from '../problems.ts';

/** Seconds. */
const tolerance = 300;

export interface SignatureCheck {
  scheme: Exclude<SignatureScheme, 'none'>;
  /** Of the generic scheme, in lower case. */
  header: string;
  secret: string;
}

/** @param now epoch milliseconds. @throws ApiProblem `webhook-signature`, saying what is wrong and nothing of the secret */
export function checkSignature(
  headers: IncomingHttpHeaders,
  body: Buffer,
  { scheme, header, secret }: SignatureCheck,
  now = Date.now(),
): void {
  const read = (name: string): string => {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') return value;
    throw refused(`the header ${name} is not there.`, `o cabeçalho ${name} não está presente.`);
  };
  const hmac = (...parts: (string | Buffer)[]) => {
    const mac = createHmac('sha256', secret);
    for (const part of parts) mac.update(part);
    return mac.digest();
  };
  switch (scheme) {
    case 'github':
      compare([read('x-hub-signature-256').replace(/^sha256=/, '')], hmac(body));
      return;
    case 'stripe': {
      const fields = read('stripe-signature')
        .split(',')
        .map((field) => field.trim().split('='));
      const time = fields.find(([name]) => name === 't')?.[1] ?? '';
      isRecent(time, now);
      const given = fields.flatMap(([name, value = '']) => (name === 'v1' ? [value] : []));
      compare(given, hmac(`${time}.`, body));
      return;
    }
    case 'slack': {
      const time = read('x-slack-request-timestamp');
      isRecent(time, now);
      compare([read('x-slack-signature').replace(/^v0=/, '')], hmac(`v0:${time}:`, body));
      return;
    }
    case 'generic':
      compare([read(header).replace(/^sha256=/, '')], hmac(body));
  }
}

function isRecent(time: string, now: number): void {
  const seconds = Number(time);
  if (/^\d+$/.test(time) && Math.abs(now / 1_000 - seconds) <= tolerance) return;
  throw refused(
    'its time is missing, or more than five minutes away from ours.',
    'a hora dela falta, ou está a mais de cinco minutos da nossa.',
  );
}

/** Hex or base64. */
function compare(given: readonly string[], wanted: Buffer): void {
  for (const text of given) {
    const bytes = Buffer.from(text, /^[0-9a-fA-F]{64}$/.test(text) ? 'hex' : 'base64');
    if (bytes.length === wanted.length && timingSafeEqual(bytes, wanted)) return;
  }
  throw refused('it does not fit the body and the secret.', 'ela não combina com o corpo e o segredo.');
}

function refused(en: string, pt: string): ApiProblem {
  return new ApiProblem('webhook-signature', { reason: { en, pt } });
}
