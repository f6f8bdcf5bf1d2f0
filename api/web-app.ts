/** Serves the built web app: hashed files for ever, the page itself always fresh, and the page for every address it routes. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type RequestHandler, type Response } from 'express';
import { nonceOf } from './security-headers.ts';

/** Seconds. */
const year = 365 * 24 * 3_600;

/** @param webDir the folder with `index.html` and `assets/`; missing: a page that says how to build it */
export function serveWebApp(webDir: string): RequestHandler {
  const page = join(webDir, 'index.html');
  const files = express.static(webDir, {
    index: false,
    setHeaders: (response, path) =>
      response.setHeader(
        'cache-control',
        path.startsWith(join(webDir, 'assets')) ? `public, max-age=${year}, immutable` : 'no-cache',
      ),
  });
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    files(request, response, (error?: unknown) => {
      if (error) return next(error);
      // A missing script must not come as a page: the browser would try to run HTML.
      if (request.path.startsWith('/assets/') || !request.accepts('html')) return next();
      if (!existsSync(page)) return response.status(503).type('html').send(notBuilt);
      sendPage(page, response).catch(next);
    });
  };
}

/**
 * The page with the nonce of its style elements, where the app finds it (`web/src/lib/style-nonce.ts`). As a property: the browser
 * hides it from style sheets.
 */
async function sendPage(page: string, response: Response): Promise<void> {
  const html = await readFile(page, 'utf8');
  response.setHeader('cache-control', 'no-cache');
  response
    .type('html')
    .send(html.replace('<head>', `<head><meta property="csp-nonce" nonce="${nonceOf(response)}">`));
}

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Hiviex</title>
<h1>The web app is not built yet</h1>
<p>Run <code>npm run build:web</code>, or start with <code>npm start</code>, which builds it. The API works: see
<a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p></html>`;
