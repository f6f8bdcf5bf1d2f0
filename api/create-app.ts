/** The Express app: security headers, routes, OpenAPI, the web app, and one place where every error becomes a problem. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { mountAuthJs } from './auth/auth-js/mount-auth-js.ts';
import { codecServer } from './codec/codec-server.ts';
import { cors } from './cors.ts';
import type { ApiDeps } from './deps.ts';
import { serveMedia } from './files/serve-media.ts';
import { createRateLimits, type RateLimits } from './limits/rate-limits.ts';
import { mountRoutes } from './mount-routes.ts';
import { answerErrors } from './openai/answer-errors.ts';
import { openapiDocument } from './openapi.ts';
import { mountPages } from './pages/mount-pages.ts';
import { servePictures } from './pictures/serve-pictures.ts';
import { notFound, sendProblem, toProblem } from './problems.ts';
import { apiBase } from './route.ts';
import { routes } from './routes/index.ts';
import { securityHeaders } from './security-headers.ts';
import { version } from './version.ts';
import { serveWebApp } from './web-app.ts';

export function createApp(deps: ApiDeps, limits: RateLimits = createRateLimits(deps)): Express {
  const { config, log, webDir } = deps;
  const app = express();
  app.disable('x-powered-by');
  // ETags are ours: they are revisions, and Express's own would be hashes of every answer.
  app.set('etag', false);
  app.use(securityHeaders(config));
  app.use(logRequests(deps));
  mountAuthJs(app, deps, limits);
  app.use(`${apiBase}/codec`, codecServer(deps, limits));
  app.use(['/api', '/v1', '/mcp'], cors(config));
  mountRoutes(app, routes, deps, { checkResponses: checksResponses(), limits });

  const document = openapiDocument(routes, version);
  app.get(`${apiBase}/openapi.json`, (_, response) => void response.json(document));
  app.use('/api', () => {
    throw notFound('address');
  });
  app.use(
    '/v1',
    () => {
      throw notFound('address');
    },
    answerErrors(deps),
  );
  app.use('/media', serveMedia(deps, limits));
  app.use('/pictures', servePictures(deps, limits));
  mountPages(app, deps, limits);
  if (webDir !== undefined) app.use(serveWebApp(webDir));
  app.use(() => {
    throw notFound('address');
  });
  const answerError: ErrorRequestHandler = (error, request, response, _next) =>
    sendProblem(request, response, toProblem(error, log));
  app.use(answerError);
  return app;
}

/** A wrong answer is a bug to be seen while we build; in production checking each would cost its callers time. */
function checksResponses(): boolean {
  return process.env.NODE_ENV === 'test' || process.env.NODE_ENV === 'development';
}

function logRequests({ log }: ApiDeps): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    response.once('finish', () => {
      const ms = Math.round(performance.now() - began);
      log.debug({ method: request.method, path: request.path, status: response.statusCode, ms }, 'request');
    });
    next();
  };
}
