/**
 * `/approve/<token>`: an approver without an account, by the link in their mail. Opening it decides nothing; the buttons do, and a
 * decision stands.
 */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { decisionName } from '../../contracts/approvals.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { type Language, type Text, text } from '../../contracts/text.ts';
import { approvalIdOf, type StoredApproval } from '../../db/index.ts';
import { readLink } from '../../runs/links/signed-link.ts';
import { decideApproval, hasDecided, isAsked } from '../approvals/decide-approval.ts';
import { type Decider, deciderByMail } from '../approvals/decider.ts';
import { stateText } from '../approvals/state-text.ts';
import { parseBody, readBody } from '../body.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { ApiProblem } from '../problems.ts';
import { writeWhatIsKnown } from '../runs/write-what-is-known.ts';
import { type Filled, fieldInputs, nothingFilled, sentValues } from './field-inputs.ts';
import { type Html, html } from './html.ts';
import { markdown } from './markdown.ts';
import { sendPage } from './send-page.ts';

/** Bytes of a decision. */
const mostBytes = 200_000;

const texts = {
  of: text('Automation', 'Automação'),
  due: text('Until', 'Até'),
  asked: text('You decide as', 'Você decide como'),
  about: text('What it is about', 'Do que se trata'),
  comment: text('Comment', 'Comentário'),
  approve: text('Approve', 'Aprovar'),
  reject: text('Reject', 'Rejeitar'),
  thanks: text('Thank you', 'Obrigado'),
  counted: text(
    'Your decision: {decision}. You can close this page.',
    'Sua decisão: {decision}. Você pode fechar esta página.',
  ),
  over: text('There is nothing left to decide here: {state}.', 'Não há mais nada a decidir aqui: {state}.'),
  decided: text('You have decided already: {decision}.', 'Você já decidiu: {decision}.'),
};

interface Asked {
  workspace: string;
  approval: StoredApproval;
  viewer: Decider;
}

/** @throws ApiProblem `link-invalid`: not signed by us, or its run is long gone */
async function askedBy(token: string, { db, writer }: ApiDeps): Promise<Asked> {
  const to = await readLink(db, 'approve', token);
  if (!to?.who) throw new ApiProblem('link-invalid');
  await writeWhatIsKnown(writer);
  const id = approvalIdOf(to);
  const approval = await db.inWorkspace(to.workspace, ({ approvals }) => approvals.get(id));
  if (!approval) throw new ApiProblem('link-invalid');
  return { workspace: to.workspace, approval, viewer: deciderByMail(to.who) };
}

export async function showApprovePage(request: Request, response: Response, deps: ApiDeps): Promise<void> {
  const asked = await askedBy(String(request.params.token), deps);
  sendPage(request, response, 200, (t, language) => approvePage(asked, nothingFilled, t, language));
}

export async function takeDecision(
  request: Request,
  response: Response,
  deps: ApiDeps,
  limits: RateLimits,
): Promise<void> {
  const meter = limits.meter('form', response);
  await meter.count({ ip: clientIp(request, deps.config) ?? 'unknown' });
  const asked = await askedBy(String(request.params.token), deps);
  await meter.count({ workspace: asked.workspace });
  const body = parseBody(request.headers['content-type'], await readBody(request, mostBytes));
  const given = sent.parse(body);
  const fields = sentValues(body);
  try {
    await decideApproval(deps, asked.workspace, asked.approval, asked.viewer, { ...given, fields });
  } catch (error) {
    const problems = problemsOf(error);
    if (!problems) throw error;
    return sendPage(request, response, 422, (t, language) =>
      approvePage(asked, { values: { ...fields, comment: given.comment }, problems }, t, language),
    );
  }
  sendPage(request, response, 200, (t) => ({
    title: t(texts.thanks),
    body: html`<h1>${t(texts.thanks)}</h1><p>${t(texts.counted).replace('{decision}', t(stateText[given.decision]))}</p>`,
  }));
}

const sent = z.object({
  decision: decisionName.catch('rejected'),
  comment: z.string().max(5_000).catch(''),
});

/** What the person can put right on the page. */
function problemsOf(error: unknown): Filled['problems'] | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  if (error.code === 'comment-needed')
    return [{ name: 'comment', message: text('Say why.', 'Diga por quê.') }];
  if (error.code !== 'invalid-request') return undefined;
  return (error.extras.errors ?? []).map(({ field = '', message }) => ({
    name: field.replace(/^fields\./, ''),
    message: typeof message === 'string' ? text(message, message) : message,
  }));
}

function approvePage(
  { approval, viewer }: Asked,
  filled: Filled,
  t: (text: Text) => string,
  language: Language,
) {
  const { question, automation, dueAt, state, decisions } = approval;
  const mine = decisions.find(({ approver }) => viewer.keys.includes(approver));
  const facts = html`<dl><dt>${t(texts.of)}</dt><dd>${automation.name}</dd>
<dt>${t(texts.asked)}</dt><dd>${viewer.name}</dd>
${dueAt !== undefined && html`<dt>${t(texts.due)}</dt><dd>${moment(dueAt, language)}</dd>`}</dl>`;
  const open = state === 'open' && !hasDecided(approval, viewer) && isAsked(approval, viewer);
  const end = mine
    ? t(texts.decided).replace('{decision}', t(stateText[mine.decision]))
    : t(texts.over).replace('{state}', t(stateText[state]));
  return {
    title: question.title,
    body: html`<h1>${question.title}</h1>
${question.text !== '' && markdown(question.text)}
<div class="card">${facts}</div>
${question.items.length > 0 && html`<h2 class="dim">${t(texts.about)}</h2>${question.items.map(itemCard)}`}
${open ? decisionForm(approval, filled, t) : html`<p><strong>${end}</strong></p>`}`,
  };
}

function decisionForm({ question }: StoredApproval, filled: Filled, t: (text: Text) => string): Html {
  const problem = filled.problems.find(({ name }) => name === 'comment');
  // Not required for the browser: what a rejection may leave out only an approval needs. The server says what is missing.
  return html`<form method="post" novalidate>
${fieldInputs(question.fields, filled, t)}
<div class="field"><label for="comment">${t(texts.comment)}${question.comment === 'always' && html` <span class="needed">*</span>`}</label>
<textarea id="comment" name="comment" rows="3" maxlength="5000"${problem && html` aria-invalid="true"`}>${String(filled.values.comment ?? '')}</textarea>
${problem && html`<p class="problem">${t(problem.message)}</p>`}</div>
<div class="actions"><button name="decision" value="approved">${t(texts.approve)}</button>
<button class="plain" name="decision" value="rejected">${t(texts.reject)}</button></div>
</form>`;
}

function itemCard(json: JsonObject): Html {
  return html`<div class="card"><dl>${Object.entries(json).map(
    ([name, value]) => html`<dt>${name}</dt><dd>${words(value)}</dd>`,
  )}</dl></div>`;
}

function words(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function moment(at: string, language: Language): string {
  const locale = language === 'pt' ? 'pt-BR' : 'en-GB';
  return `${new Date(at).toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })} UTC`;
}
