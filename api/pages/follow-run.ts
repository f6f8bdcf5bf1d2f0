/**
 * `/forms/page/<token>`: where a browser follows a run from page to page, and where `$execution.resumeFormUrl` leads. The link names a
 * step; behind it is that step's page, the next page after it, the end, or a moment of patience.
 */
import type { Request, Response } from 'express';
import { formTrigger } from '../../contracts/catalogue/form-trigger.ts';
import type { Graph } from '../../contracts/graph.ts';
import { isTerminal } from '../../contracts/states.ts';
import type { StepAddress } from '../../contracts/step-address.ts';
import { type Text, text } from '../../contracts/text.ts';
import type { OpenPage, StoredRun } from '../../db/index.ts';
import { linkPaths } from '../../runs/links/public-links.ts';
import { readLink, signLink } from '../../runs/links/signed-link.ts';
import { resumeStep, whyGone } from '../../runs/resume-step.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import { goneProblem } from '../hooks/resume-handler.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { ApiProblem } from '../problems.ts';
import { graphOfRun } from '../runs/graph-of-run.ts';
import { writeWhatIsKnown } from '../runs/write-what-is-known.ts';
import { nothingFilled } from './field-inputs.ts';
import { formPage } from './form-page.ts';
import { html } from './html.ts';
import { markdown } from './markdown.ts';
import { readSentForm } from './read-sent-form.ts';
import { type Page, sendPage } from './send-page.ts';

/** Milliseconds that a request waits for the run's next page, and between two looks. */
const patience = 4_000;
const interval = 150;

const texts = {
  working: text('One moment …', 'Um momento …'),
  workingText: text('The next page comes by itself.', 'A próxima página vem sozinha.'),
  thanks: text('Thank you', 'Obrigado'),
  received: text('What you sent has arrived.', 'O que você enviou chegou.'),
  failed: text('Something went wrong', 'Algo deu errado'),
  failedText: text(
    'What you sent has arrived, but could not be worked through to its end. Whoever gave you this form can see why.',
    'O que você enviou chegou, mas não pôde ser processado até o fim. Quem lhe deu este formulário pode ver o motivo.',
  ),
};

type Found =
  | { kind: 'page'; page: OpenPage }
  | { kind: 'next'; page: OpenPage }
  | { kind: 'end'; run: StoredRun | undefined; graph: Graph | undefined }
  | { kind: 'working' };

/** @throws ApiProblem `link-invalid` */
async function addressIn(request: Request, { db }: ApiDeps): Promise<StepAddress> {
  const to = await readLink(db, 'form', String(request.params.token));
  if (!to) throw new ApiProblem('link-invalid');
  return to;
}

export async function followRun(request: Request, response: Response, deps: ApiDeps): Promise<void> {
  const to = await addressIn(request, deps);
  const until = Date.now() + patience;
  let found = await lookFor(to, deps);
  while (found.kind === 'working' && Date.now() < until && !response.destroyed) {
    await new Promise((resolve) => setTimeout(resolve, interval));
    found = await lookFor(to, deps);
  }
  switch (found.kind) {
    case 'page': {
      const { page } = found.page;
      return sendPage(request, response, 200, (t) => formPage(page, nothingFilled, t));
    }
    case 'next': {
      const { node, index } = found.page;
      return response.redirect(
        303,
        linkPaths.form + (await signLink(deps.db, 'form', { ...to, node, index })),
      );
    }
    case 'end': {
      const { run, graph } = found;
      return sendPage(request, response, 200, (t) => endPage(run, graph, t));
    }
    case 'working':
      return sendPage(request, response, 200, (t) => ({
        title: t(texts.working),
        body: html`<h1>${t(texts.working)}</h1><p class="dim">${t(texts.workingText)}</p>`,
        refresh: { seconds: 2 },
      }));
  }
}

/** Takes what was filled in on a form page. */
export async function takeFormPage(
  request: Request,
  response: Response,
  deps: ApiDeps,
  limits: RateLimits,
): Promise<void> {
  const meter = limits.meter('form', response);
  await meter.count({ ip: clientIp(request, deps.config) ?? 'unknown' });
  const to = await addressIn(request, deps);
  await meter.count({ workspace: to.workspace });
  const shown = await deps.db.inWorkspace(to.workspace, ({ formPages }) => formPages.get(to));
  if (!shown) throw new ApiProblem('link-invalid');
  // Before files are stored for a page that was sent already.
  const gone = await whyGone(deps, to);
  if (gone) throw goneProblem(gone, to.run);
  const { page } = shown;
  const { given, binary, answers, discard } = await readSentForm(request, deps, to, page.fields);
  if (!answers.ok) {
    await discard();
    const { problems } = answers;
    return sendPage(request, response, 422, (t) => formPage(page, { values: given, problems }, t));
  }
  const body = { ...answers.values, submittedAt: new Date().toISOString() };
  const result = await resumeStep(deps, to, { body, ...(binary && { binary }) }, { kind: 'form' });
  if (result !== 'resumed') {
    await discard();
    throw goneProblem(result, to.run);
  }
  response.redirect(303, request.originalUrl);
}

async function lookFor(to: StepAddress, deps: ApiDeps): Promise<Found> {
  const { db, writer } = deps;
  await writeWhatIsKnown(writer);
  const { run, own, waiting, taken } = await db.inWorkspace(
    to.workspace,
    async ({ runs, formPages, resumptions }) => {
      const waiting = await formPages.waiting(to.run);
      const taken = new Set<OpenPage>();
      for (const page of waiting) if (await resumptions.isTaken(page)) taken.add(page);
      return { run: await runs.get(to.run), own: await formPages.get(to), waiting, taken };
    },
  );
  const open = waiting.filter((page) => !taken.has(page));
  const ended = run !== undefined && isTerminal(run.state);
  const isOwn = (page: OpenPage) => page.node === to.node && page.index === to.index;
  const mine = open.find(isOwn);
  if (mine && !ended) return { kind: 'page', page: mine };
  const graph = await graphOfRun(deps, to.workspace, to.run);
  if (ended) return { kind: 'end', run, graph };
  if (!graph) return { kind: 'working' };
  const after = reachedFrom(graph, to.node);
  const next = open.find(({ node }) => after.has(node));
  if (next) return { kind: 'next', page: next };
  const node = graph.nodes.find(({ id }) => id === to.node);
  // The link came before its page, in a mail for example.
  if (node?.type === 'form-page' && !own) return { kind: 'working' };
  const morePages = graph.nodes.some(
    ({ id, type, disabled }) => type === 'form-page' && !disabled && after.has(id),
  );
  return morePages || wantsAnswer(graph, run) ? { kind: 'working' } : { kind: 'end', run, graph };
}

/** Nodes that come after one; itself only in a loop. */
function reachedFrom({ edges }: Graph, node: string): Set<string> {
  const reached = new Set<string>();
  const todo = [node];
  for (const from of todo)
    for (const { source, target } of edges)
      if (source === from && !reached.has(target)) {
        reached.add(target);
        todo.push(target);
      }
  return reached;
}

function parametersOf(graph: Graph | undefined, run: StoredRun | undefined) {
  const trigger = graph?.nodes.find(({ id }) => id === run?.triggerNode);
  return trigger?.type === 'form-trigger'
    ? formTrigger.parameters.safeParse(trigger.parameters).data
    : undefined;
}

function wantsAnswer(graph: Graph, run: StoredRun | undefined): boolean {
  return parametersOf(graph, run)?.afterwards === 'answer' && run?.response === undefined;
}

function endPage(run: StoredRun | undefined, graph: Graph | undefined, t: (text: Text) => string): Page {
  const parameters = parametersOf(graph, run);
  const title = t(texts.thanks);
  if (run?.state === 'failed' || run?.state === 'cancelled')
    return {
      title: t(texts.failed),
      body: html`<h1>${t(texts.failed)}</h1><p>${t(texts.failedText)}</p>`,
    };
  if (parameters?.afterwards === 'redirect') {
    const { location } = parameters;
    return {
      title,
      body: html`<h1>${title}</h1><p><a href="${location}">${location}</a></p>`,
      refresh: { seconds: 0, url: location },
    };
  }
  const response = parameters?.afterwards === 'answer' ? run?.response : undefined;
  const location = response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (location && /^https?:\/\//.test(location))
    return {
      title,
      body: html`<h1>${title}</h1><p><a href="${location}">${location}</a></p>`,
      refresh: { seconds: 0, url: location },
    };
  if (response?.body.kind === 'text')
    return { title, body: html`<h1>${title}</h1>${markdown(response.body.value)}` };
  if (response?.body.kind === 'json')
    return {
      title,
      body: html`<h1>${title}</h1><pre>${JSON.stringify(response.body.value, null, 2)}</pre>`,
    };
  const thanks = parameters?.thanks || t(texts.received);
  return { title, body: html`<h1>${title}</h1>${markdown(thanks)}` };
}
