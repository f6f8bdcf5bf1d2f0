/**
 * Public pictures, `/media/<workspace>/<hash>.<format>`: for a CDN that stands before this server, or for browsers where there is none.
 * The address is the hash of what it shows, so it may be kept for ever. Not of the API: no one asks who wants it.
 */
import { pipeline } from 'node:stream/promises';
import type { RequestHandler } from 'express';
import { mediaKey } from '../../storage/index.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { notFound } from '../problems.ts';
import { fileReply } from './file-reply.ts';

const address = /^\/([\w-]{1,64})\/([0-9a-f]{64}(?:-small)?\.(png|jpeg|gif|webp|avif))$/;

export function serveMedia(deps: ApiDeps, limits: RateLimits): RequestHandler {
  return async (request, response) => {
    await limits.meter('read', response).count({ ip: clientIp(request, deps.config) ?? 'unknown' });
    const [, workspace, name, format] = address.exec(request.path) ?? [];
    if (request.method !== 'GET' || !workspace || !name) throw notFound('address');
    const file = {
      key: mediaKey(workspace, name),
      ...{ fileName: name, mimeType: `image/${format}`, inline: true },
    };
    const { status, headers, body } = await fileReply(deps.objects.store, file, request);
    response.status(status).set({
      ...headers,
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    });
    // Whoever leaves in the middle is not told that.
    await pipeline(body, response).catch(() => response.destroy());
  };
}
