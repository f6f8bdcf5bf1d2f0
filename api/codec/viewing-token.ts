/**
 * What lets the Temporal UI ask for a person: it may stand in the address of the codec server, because the UI can send nothing else
 * of its own (no cookie to another site, no token when it runs as Temporal's dev server). It names the person and the moment it
 * ends; what they may see is asked anew with every request.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Viewing {
  user: string;
  /** Epoch seconds. */
  expires: number;
}

/** Seconds. Short: it stands in an address, and signing out does not end it. */
export const viewingSeconds = 3_600;

export function signViewing(secret: string, { user, expires }: Viewing): string {
  const body = Buffer.from(`${expires}.${user}`).toString('base64url');
  return `${body}.${mac(secret, body).toString('base64url')}`;
}

/** @returns undefined for what is not ours, was changed, or has ended */
export function openViewing(secret: string, token: string, now = Date.now()): Viewing | undefined {
  const [body = '', signature = '', ...rest] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const own = mac(secret, body);
  if (rest.length > 0 || given.length !== own.length || !timingSafeEqual(given, own)) return undefined;
  const [expires = '', user = ''] = Buffer.from(body, 'base64url').toString().split('.');
  return Number(expires) * 1_000 > now ? { user, expires: Number(expires) } : undefined;
}

function mac(secret: string, body: string): Buffer {
  return createHmac('sha256', secret).update(`hiviex codec viewing:${body}`).digest();
}
