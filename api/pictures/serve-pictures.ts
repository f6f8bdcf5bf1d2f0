/**
 * Pictures of other hosts, `/pictures/<signed address>`. Not of the API: the signature is the permission, and an `<img>` has no words
 * for an error. Counted for the workspace whose message shows it, so that nobody fetches the web through us.
 */

import type { RequestHandler } from 'express';
import { readPictureLink } from '../../runs/links/picture-link.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { fetchPicture } from './fetch-picture.ts';

export function servePictures(deps: ApiDeps, limits: RateLimits): RequestHandler {
  return async (request, response) => {
    if (request.method !== 'GET') throw notFound('address');
    const meter = limits.meter('picture', response);
    await meter.count({ ip: clientIp(request, deps.config) ?? 'unknown' });
    const link = await readPictureLink(deps.db, request.path.slice(1));
    if (!link) throw new ApiProblem('picture-link-over');
    await meter.count({ workspace: link.workspace });
    const { bytes, format } = await fetchPicture(link.url, deps.guard);
    response
      .status(200)
      .set({
        'content-type': `image/${format}`,
        'content-disposition': 'inline',
        'cache-control': 'private, max-age=86400, immutable',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      })
      .end(bytes);
  };
}
