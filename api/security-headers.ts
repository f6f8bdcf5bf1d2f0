/**
 * The headers that tell browsers what a page of ours may do: run our scripts and none that stand in the page, wear our styles, talk
 * to this server only (and to the bucket that files are uploaded to, and the CDN that shows pictures), and be shown in no frame.
 *
 * Mantine and CodeMirror write style elements. Each page gets a nonce for them, fresh with every load (`web-app.ts`): whoever could
 * get HTML into a page still could not style it.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Config } from '../contracts/config.ts';

/** Nothing of a device is needed but writing to the clipboard. */
const permissions = [
  'accelerometer=()',
  'autoplay=()',
  'bluetooth=()',
  'browsing-topics=()',
  'camera=()',
  'clipboard-read=(self)',
  'clipboard-write=(self)',
  'display-capture=()',
  'geolocation=()',
  'gyroscope=()',
  'hid=()',
  'magnetometer=()',
  'microphone=()',
  'midi=()',
  'payment=()',
  'serial=()',
  'usb=()',
].join(', ');

/** The nonce of this answer's page. Only after `securityHeaders`. */
export function nonceOf(response: Response): string {
  return response.locals.nonce as string;
}

export function securityHeaders(config: Config): RequestHandler {
  const https = config.PUBLIC_URL?.startsWith('https:') ?? false;
  const styleNonce = (_: IncomingMessage, response: ServerResponse) =>
    `'nonce-${nonceOf(response as Response)}'`;
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'script-src-attr': ["'none'"],
        'style-src': ["'self'", styleNonce],
        'img-src': ["'self'", 'data:', 'blob:', ...originOf(config.CDN_BASE_URL)],
        'font-src': ["'self'", 'data:'],
        'worker-src': ["'self'", 'blob:'],
        'connect-src': ["'self'", ...originOf(uploadAddress(config))],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // Promised only where it is true: on plain HTTP it would lock people out.
    strictTransportSecurity: https,
    // Browsers ignore it where a page is not safe on its way, and complain.
    crossOriginOpenerPolicy: isTrustworthy(config) && { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    originAgentCluster: false,
    // Addresses of ours hold one-time tokens.
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    response.locals.nonce = randomBytes(16).toString('base64');
    response.setHeader('permissions-policy', permissions);
    headers(request, response, next);
  };
}

/** Where the browser sends files, when not to this server. */
function uploadAddress({ S3_BUCKET, S3_ENDPOINT, S3_PUBLIC_ENDPOINT, S3_SECRET_ACCESS_KEY }: Config) {
  const byRole = S3_BUCKET !== undefined && S3_SECRET_ACCESS_KEY === undefined;
  return S3_PUBLIC_ENDPOINT ?? (byRole ? S3_ENDPOINT : undefined);
}

function originOf(address: string | undefined): string[] {
  return address === undefined ? [] : [new URL(address).origin];
}

function isTrustworthy({ PUBLIC_URL }: Config): boolean {
  if (PUBLIC_URL === undefined) return true;
  const { protocol, hostname } = new URL(PUBLIC_URL);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
}
