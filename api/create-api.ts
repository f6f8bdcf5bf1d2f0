/**
 * The API as one request handler and one Socket.IO server, for whoever has an HTTP server:
 *
 *   const api = createApi(deps);
 *   const server = http.createServer(api.handler);
 *   api.attach(server);
 *
 * Webhooks are taken out in front of Express: they are the hot path and need none of it.
 */
import type { RequestListener, Server } from 'node:http';
import { forgetChangedFlows } from '../runs/workspace-flows.ts';
import { mailsSent } from './auth/mails.ts';
import { createApp } from './create-app.ts';
import type { ApiDeps } from './deps.ts';
import { hooksBase } from './hooks/hook-address.ts';
import { createWebhookHandler } from './hooks/webhook-handler.ts';
import { createRateLimits } from './limits/rate-limits.ts';
import { limitSlowCallers } from './slow-callers.ts';
import { createSockets } from './sockets/create-sockets.ts';

export type { ApiDeps } from './deps.ts';

export interface Api {
  handler: RequestListener;
  /** Adds Socket.IO to the server, and limits how slowly it may be called. */
  attach(server: Server): void;
  /** Answers callers who still wait, ends sockets, and sends the mails it has promised. The server and what `deps` holds are their owner's to close. */
  close(): Promise<void>;
}

export function createApi(deps: ApiDeps): Api {
  const limits = createRateLimits(deps);
  const app = createApp(deps, limits);
  const webhooks = createWebhookHandler(deps, limits);
  const sockets = createSockets(deps);
  const unsubscribe = forgetChangedFlows(deps.db, deps.bus);
  return {
    handler: (request, response) => {
      if (request.url?.startsWith(hooksBase)) void webhooks.handle(request, response);
      else app(request, response);
    },
    attach(server) {
      limitSlowCallers(server);
      sockets.attach(server);
    },
    async close() {
      unsubscribe();
      webhooks.close();
      sockets.close();
      await mailsSent(deps);
    },
  };
}
