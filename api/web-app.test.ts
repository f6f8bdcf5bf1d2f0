import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { readConfig } from '../contracts/config.ts';
import { securityHeaders } from './security-headers.ts';
import { serveWebApp } from './web-app.ts';

let folder: string;
let server: Server;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hiviex-web-'));
  const app = express();
  app.use(securityHeaders(readConfig({})));
  app.use('/missing', serveWebApp(join(folder, 'absent')));
  app.use(serveWebApp(folder));
  server = createServer(app);
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<head><title>Hiviex</title></head>');
  await writeFile(join(folder, 'assets', 'app-1a2b.js'), 'export {}');
  await writeFile(join(folder, 'favicon.svg'), '<svg/>');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

const page = { headers: { accept: 'text/html' } };

describe('serveWebApp', () => {
  it('keeps hashed files for ever and asks for the rest again', async () => {
    const script = await fetch(`${url}/assets/app-1a2b.js`);
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await fetch(`${url}/favicon.svg`)).headers.get('cache-control')).toBe('no-cache');
  });

  it('gives the page at every address that the app routes', async () => {
    for (const path of ['/', '/runs/01ABC', '/automations']) {
      const answer = await fetch(url + path, page);
      expect(await answer.text()).toContain('<title>Hiviex</title></head>');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('lets libraries style the page with a nonce that is new each time', async () => {
    const nonces = new Set<string>();
    for (let load = 0; load < 3; load++) {
      const answer = await fetch(`${url}/`, page);
      const nonce = /<head><meta property="csp-nonce" nonce="([\w+/=]{20,})">/.exec(await answer.text())?.[1];
      expect(nonce).toBeDefined();
      expect(answer.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`);
      nonces.add(nonce!);
    }
    expect(nonces.size).toBe(3);
  });

  it('gives no page for a missing script, a program, or a write', async () => {
    expect((await fetch(`${url}/assets/old.js`, page)).status).toBe(404);
    expect((await fetch(`${url}/runs`, { headers: { accept: 'application/json' } })).status).toBe(404);
    expect((await fetch(`${url}/runs`, { method: 'POST' })).status).toBe(404);
  });

  it('reads nothing outside its folder', async () => {
    const answer = await fetch(`${url}/assets/..%2f..%2f..%2fetc%2fpasswd`, page);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).not.toContain('root:');
  });

  it('says how to build it when it is not built', async () => {
    const answer = await fetch(`${url}/missing/`, page);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm run build:web');
  });
});
