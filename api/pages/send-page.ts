/**
 * The pages that people without an account see: forms, approvals by mail link, resume links. Small, without scripts, readable on a
 * phone, in light and dark. They are ours alone: no frame, no script, styles of the page only.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Language, type Text, text } from '../../contracts/text.ts';
import { linger } from '../linger.ts';
import { type ApiProblem, languageOf, problemBody } from '../problems.ts';
import { type Html, html } from './html.ts';
import { pageStyle } from './page-style.ts';

export interface Page {
  title: string;
  body: Html;
  /** Seconds after which the browser asks again, or goes elsewhere. */
  refresh?: { seconds: number; url?: string } | undefined;
}

const locales: Record<Language, string> = { en: 'en', pt: 'pt-BR' };
const madeWith = text('Made with Hiviex', 'Feito com Hiviex');

export function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  make: (t: (text: Text) => string, language: Language) => Page,
): void {
  const language = languageOf(request.headers['accept-language']);
  const t = (of: Text) => of[language];
  const { title, body, refresh } = make(t, language);
  const nonce = randomBytes(16).toString('base64');
  const document = html`<!doctype html>
<html lang="${locales[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${refresh && html`<meta http-equiv="refresh" content="${`${refresh.seconds}${refresh.url ? `; url=${refresh.url}` : ''}`}">`}
<title>${title}</title>
<style nonce="${nonce}">${pageStyle}</style>
</head>
<body>
<main>
${body}
</main>
<footer>${t(madeWith)}</footer>
</body>
</html>
`;
  response.statusCode = status;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('content-language', language);
  response.setHeader('cache-control', 'no-store');
  response.setHeader(
    'content-security-policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
  // The address is the key: it must not leave with a link that somebody follows.
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('x-content-type-options', 'nosniff');
  response.end(document.text);
}

/** What went wrong, as a page. */
export function sendProblemPage(
  request: IncomingMessage,
  response: ServerResponse,
  problem: ApiProblem,
): void {
  const { status, title, detail } = problemBody(problem, languageOf(request.headers['accept-language']));
  for (const [name, value] of Object.entries(problem.extras.headers ?? {})) response.setHeader(name, value);
  sendPage(request, response, status, () => ({
    title,
    body: html`<h1>${title}</h1>${detail !== undefined && html`<p>${detail}</p>`}`,
  }));
  linger(request, () => undefined);
}

export function prefersHtml(request: IncomingMessage): boolean {
  return request.headers.accept?.includes('text/html') ?? false;
}
