/**
 * What lets a browser show a picture of another host through us: its address and its workspace, signed, until a day ends. Without the
 * signature the server would fetch whatever anybody writes into a page.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface PictureLink {
  workspace: string;
  url: string;
}

const daySeconds = 86_400;

/** The same all day long, so that browsers keep what it shows. Good for a day at least, two at most. */
export function picturePath(secret: string, { workspace, url }: PictureLink, now = Date.now()): string {
  const expires = (Math.floor(now / 1_000 / daySeconds) + 2) * daySeconds;
  const body = Buffer.from(JSON.stringify([workspace, url, expires])).toString('base64url');
  return `/pictures/${body}.${mac(secret, body).toString('base64url')}`;
}

/** @returns undefined for what is not ours, was changed, or has ended */
export function openPicturePath(secret: string, token: string, now = Date.now()): PictureLink | undefined {
  const [body = '', signature = '', ...rest] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const own = mac(secret, body);
  if (rest.length > 0 || given.length !== own.length || !timingSafeEqual(given, own)) return undefined;
  const [workspace, url, expires] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [
    string,
    string,
    number,
  ];
  return expires * 1_000 > now ? { workspace, url } : undefined;
}

function mac(secret: string, body: string): Buffer {
  return createHmac('sha256', secret).update(`hiviex picture:${body}`).digest();
}
