/** The pages for people without an account. What goes wrong is a page, too. */
import type { Express, Request, Response } from 'express';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { toProblem } from '../problems.ts';
import { showApprovePage, takeDecision } from './approve-page.ts';
import { followRun, takeFormPage } from './follow-run.ts';
import { createFormPages } from './form-page.ts';
import { publishedForms, testedForms } from './form-sources.ts';
import { sendProblemPage } from './send-page.ts';

type Handler = (request: Request, response: Response) => Promise<void>;

export function mountPages(app: Express, deps: ApiDeps, limits: RateLimits): void {
  const safely = (handler: Handler): Handler => {
    return async (request, response) => {
      try {
        if (request.method === 'GET')
          await limits.meter('read', response).count({ ip: clientIp(request, deps.config) ?? 'unknown' });
        await handler(request, response);
      } catch (error) {
        if (response.headersSent) response.destroy();
        else sendProblemPage(request, response, toProblem(error, deps.log));
      }
    };
  };
  const forms = createFormPages(deps, limits, publishedForms(deps));
  const tests = createFormPages(deps, limits, testedForms(deps));
  app
    .route('/approve/:token')
    .get(safely((request, response) => showApprovePage(request, response, deps)))
    .post(safely((request, response) => takeDecision(request, response, deps, limits)));
  app
    .route('/forms/page/:token')
    .get(safely((request, response) => followRun(request, response, deps)))
    .post(safely((request, response) => takeFormPage(request, response, deps, limits)));
  app
    .route('/forms/test/:path')
    .get(safely((request, response) => tests.show(request, response)))
    .post(safely((request, response) => tests.take(request, response)));
  app
    .route('/forms/:path')
    .get(safely((request, response) => forms.show(request, response)))
    .post(safely((request, response) => forms.take(request, response)));
}
