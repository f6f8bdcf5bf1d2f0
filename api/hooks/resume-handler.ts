/**
 * `/hooks/resume/<token>`: ends the wait that the link was made for. A link preview or a mail scanner must not: a GET that is not
 * let through shows a button, and the button sends a POST.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { waitNode } from '../../contracts/catalogue/wait.ts';
import type { WebhookResponse } from '../../contracts/run.ts';
import { text } from '../../contracts/text.ts';
import { readLink } from '../../runs/links/signed-link.ts';
import { type ResumeResult, resumeStep, whyGone } from '../../runs/resume-step.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { html } from '../pages/html.ts';
import { prefersHtml, sendPage, sendProblemPage } from '../pages/send-page.ts';
import { ApiProblem, toProblem } from '../problems.ts';
import { graphOfRun } from '../runs/graph-of-run.ts';
import { readDelivery } from './delivery.ts';
import type { HookAddress } from './hook-address.ts';
import { writeAnswer } from './write-answer.ts';

/** Of paths behind `/hooks/`. */
export const resumePrefix = 'resume/';

const texts = {
  title: text('Continue?', 'Continuar?'),
  body: text('Somebody waits for your confirmation.', 'Alguém espera pela sua confirmação.'),
  button: text('Continue', 'Continuar'),
  done: text('Thank you', 'Obrigado'),
  goesOn: text('It goes on now. You can close this page.', 'Agora continua. Você pode fechar esta página.'),
};

export async function answerResume(
  { method, path, query }: HookAddress,
  request: IncomingMessage,
  response: ServerResponse,
  deps: ApiDeps,
  limits: RateLimits,
): Promise<void> {
  try {
    const meter = limits.meter('webhook', response);
    await meter.count({ ip: clientIp(request, deps.config) ?? 'unknown' });
    const to = await readLink(deps.db, 'resume', path.slice(resumePrefix.length));
    if (!to) throw new ApiProblem('link-invalid');
    await meter.count({ workspace: to.workspace });
    response.setHeader('hiviex-run', to.run);
    const graph = await graphOfRun(deps, to.workspace, to.run);
    const node = graph?.nodes.find(({ id }) => id === to.node);
    const wait = waitNode.parameters.safeParse(node?.parameters ?? {}).data;
    const allowed = wait?.method ?? 'POST';
    if (allowed !== 'any' && allowed !== method) {
      const gone = await whyGone(deps, to);
      if (gone) throw goneProblem(gone, to.run);
      if (method === 'GET' && allowed === 'POST' && prefersHtml(request))
        return askToContinue(request, response);
      throw new ApiProblem(
        'resume-method',
        { method: allowed },
        { headers: { allow: allowed }, run: to.run },
      );
    }
    const { config, objects } = deps;
    const { item, discard } = await readDelivery(request, {
      query,
      limits: { body: config.HIVIEX_MAX_BODY_BYTES, file: config.HIVIEX_MAX_FILE_BYTES },
      store: objects.store,
      run: { workspace: to.workspace, run: to.run },
    });
    const result = await resumeStep(deps, to, { body: item.json, binary: item.binary }, { kind: 'webhook' });
    if (result !== 'resumed') {
      await discard();
      throw goneProblem(result, to.run);
    }
    const answer = answerOf(wait, to.run);
    if (wait?.answer === 'accepted' && prefersHtml(request)) sayThanks(request, response);
    else await writeAnswer({ response, store: objects.store, workspace: to.workspace }, answer);
  } catch (error) {
    if (!prefersHtml(request)) throw error;
    sendProblemPage(request, response, toProblem(error, deps.log));
  }
}

function answerOf(wait: z.output<typeof waitNode.parameters> | undefined, run: string): WebhookResponse {
  if (wait?.answer === 'text')
    return { status: 200, headers: [], body: { kind: 'text', value: wait.answerText } };
  if (wait?.answer === 'redirect')
    return { status: 303, headers: [['location', wait.answerLocation]], body: { kind: 'none' } };
  return { status: 202, headers: [], body: { kind: 'json', value: { run } } };
}

function sayThanks(request: IncomingMessage, response: ServerResponse): void {
  sendPage(request, response, 202, (t) => ({
    title: t(texts.done),
    body: html`<h1>${t(texts.done)}</h1><p>${t(texts.goesOn)}</p>`,
  }));
}

export function goneProblem(result: Exclude<ResumeResult, 'resumed'>, run: string): ApiProblem {
  if (result === 'used') return new ApiProblem('link-used', {}, { run });
  return new ApiProblem(result === 'over' ? 'wait-over' : 'run-over', {}, { run });
}

function askToContinue(request: IncomingMessage, response: ServerResponse): void {
  sendPage(request, response, 200, (t) => ({
    title: t(texts.title),
    body: html`<h1>${t(texts.title)}</h1><p>${t(texts.body)}</p>
<form method="post"><div class="actions"><button>${t(texts.button)}</button></div></form>`,
  }));
}
