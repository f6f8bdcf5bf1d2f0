/** What the port answers before there is an API behind it: the process lives, is not ready, and why. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Part, Startup } from '../backing/startup.ts';
import { html } from './pages/html.ts';
import { prefersHtml, sendPage } from './pages/send-page.ts';
import { ApiProblem, languageOf, problemBody, sendProblem } from './problems.ts';

/** Seconds after which a caller may ask again. */
const again = 5;

export function startingHandler(startup: Startup): RequestListener {
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/healthz') return sendJson(response, 200, { status: 'ok' });
    if (pathname === '/readyz') return sendJson(response, 503, readiness(startup));
    const problem = new ApiProblem('starting', {}, { headers: { 'retry-after': String(again) } });
    if (prefersHtml(request)) return sendStartingPage(request, response, problem);
    sendProblem(request, response, problem);
  };
}

/** As the route `/readyz` has it later. */
function readiness(startup: Startup) {
  const causes = startup.causes();
  const of = (part: Part) => (part in causes ? 'down' : 'ok');
  return { status: 'down', database: of('database'), temporal: of('temporal'), causes };
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}

/** Comes again by itself, and is the app as soon as there is one. */
function sendStartingPage(request: IncomingMessage, response: ServerResponse, problem: ApiProblem): void {
  const { status, title, detail } = problemBody(problem, languageOf(request.headers['accept-language']));
  response.setHeader('retry-after', String(again));
  sendPage(request, response, status, () => ({
    title,
    body: html`<h1>${title}</h1><p>${detail}</p>`,
    refresh: { seconds: again },
  }));
}
