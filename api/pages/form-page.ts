/** `/forms/<path>` and `/forms/test/<path>`: the page of a form trigger. Sending it starts a run; from there the browser follows the run (`follow-run.ts`). */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { formTrigger } from '../../contracts/catalogue/form-trigger.ts';
import { type FormField, readFormFields } from '../../contracts/form-fields.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { StepAddress } from '../../contracts/step-address.ts';
import { type Text, text } from '../../contracts/text.ts';
import { linkPaths } from '../../runs/links/public-links.ts';
import { readLink, signLink } from '../../runs/links/signed-link.ts';
import { runIdOf } from '../../runs/start-run.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { ApiProblem } from '../problems.ts';
import { type Filled, fieldInputs, nothingFilled } from './field-inputs.ts';
import type { FormSource, FoundForm } from './form-sources.ts';
import { type Html, html } from './html.ts';
import { markdown } from './markdown.ts';
import { readSentForm, takesFiles } from './read-sent-form.ts';
import { type Page, sendPage } from './send-page.ts';

/** Seconds in which a form with files is to be sent, once its page was opened. */
const sendSeconds = 24 * 3_600;

/** A field that no person sees: who fills it in is a program. */
const trap = 'website';

export const formTexts = {
  untitled: text('Form', 'Formulário'),
  send: text('Send', 'Enviar'),
  chooseAgain: text(
    'Choose the files again: nothing was sent yet.',
    'Escolha os arquivos de novo: nada foi enviado ainda.',
  ),
  trap: text('Leave this empty', 'Deixe em branco'),
};

export type FormParameters = z.output<typeof formTrigger.parameters>;

export interface FormPages {
  show(request: Request, response: Response): Promise<void>;
  /** Starts a run with what was filled in, once, however often it is sent. */
  take(request: Request, response: Response): Promise<void>;
}

export function createFormPages(deps: ApiDeps, limits: RateLimits, forms: FormSource): FormPages {
  return {
    async show(request, response) {
      const form = await forms.at(String(request.params.path));
      const once = randomUUID();
      const send = takesFiles(readFormFields(form.parameters.fields))
        ? await signLink(deps.db, 'send', { ...addressOf(form, once), until: now() + sendSeconds })
        : undefined;
      sendPage(request, response, 200, (t) => triggerPage(form.parameters, nothingFilled, { once, send }, t));
    },

    async take(request, response) {
      const meter = limits.meter('form', response);
      await meter.count({ ip: clientIp(request, deps.config) ?? 'unknown' });
      const form = await forms.at(String(request.params.path));
      const { parameters, workspace, automation, node } = form;
      await meter.count({ workspace });
      const fields = readFormFields(parameters.fields);
      const send = takesFiles(fields) ? String(request.query.send ?? '') : undefined;
      const signed = send === undefined ? undefined : await runOf(form, send, deps);
      const sent = await readSentForm(request, deps, { workspace, run: signed ?? '' }, fields);
      const { given, binary, answers, discard } = sent;
      const { once, trapped } = hidden(sent.body);
      if (!answers.ok) {
        await discard();
        const { problems } = answers;
        return sendPage(request, response, 422, (t) =>
          triggerPage(parameters, { values: given, problems }, { once, send }, t),
        );
      }
      const run = signed ?? addressOf(form, once).run;
      // A program that fell into the trap is told what a person is told, and nothing happens.
      if (trapped) await discard();
      else {
        const json: JsonObject = { ...answers.values, submittedAt: new Date().toISOString() };
        const answer = parameters.afterwards === 'answer' ? 'respondNode' : undefined;
        const known = binary && (await deps.db.inWorkspace(workspace, ({ runs }) => runs.get(run)));
        const replayed =
          known !== undefined ||
          (await form.start({ items: [{ json, ...(binary && { binary }) }], run, answer }));
        if (replayed) await discard();
      }
      const token = await signLink(deps.db, 'form', { workspace, automation, run, node, index: 0 });
      response.redirect(303, linkPaths.form + token);
    },
  };
}

function now(): number {
  return Math.floor(Date.now() / 1_000);
}

/** The step that a sending of the form begins: its run follows from what was made for the page. */
function addressOf({ workspace, automation, node, run }: FoundForm, once: string): StepAddress {
  return {
    ...{ workspace, automation, node, index: 0 },
    run: run ?? runIdOf('form', workspace, automation, node, once),
  };
}

/**
 * The run that a form with files begins. Files are stored before anything else is known, so only for those who opened the page.
 * @throws ApiProblem `form-over`
 */
async function runOf(form: FoundForm, token: string, { db }: ApiDeps): Promise<string> {
  const to = await readLink(db, 'send', token);
  const { workspace, automation, node, run } = form;
  const isOurs = to?.workspace === workspace && to.automation === automation && to.node === node;
  if (!to || !isOurs || (run !== undefined && run !== to.run)) throw new ApiProblem('form-over');
  return to.run;
}

function hidden(body: unknown): { once: string; trapped: boolean } {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const once =
    typeof fields.once === 'string' && fields.once !== '' ? fields.once.slice(0, 100) : randomUUID();
  return { once, trapped: typeof fields[trap] === 'string' && fields[trap] !== '' };
}

function triggerPage(
  parameters: FormParameters,
  filled: Filled,
  { once, send }: { once: string; send: string | undefined },
  t: (text: Text) => string,
): Page {
  const fields = readFormFields(parameters.fields);
  const title = parameters.title || t(formTexts.untitled);
  const inside = html`<input type="hidden" name="once" value="${once}">
<div class="trap" aria-hidden="true"><label for="${trap}">${t(formTexts.trap)}</label><input id="${trap}" name="${trap}" tabindex="-1" autocomplete="off"></div>`;
  return formPage(
    { title, description: parameters.description, fields, button: parameters.button },
    filled,
    t,
    { inside, send },
  );
}

export function formPage(
  {
    title,
    description,
    fields,
    button,
  }: { title: string; description: string; fields: readonly FormField[]; button: string },
  filled: Filled,
  t: (text: Text) => string,
  { inside, send }: { inside?: Html; send?: string | undefined } = {},
): Page {
  // A browser leaves out the files of what is refused: they are chosen again.
  const again = takesFiles(fields) && filled.problems.length > 0;
  return {
    title,
    body: html`<h1>${title}</h1>
${description !== '' && markdown(description)}
<form method="post"${takesFiles(fields) && html` enctype="multipart/form-data"`}${send !== undefined && html` action="?send=${send}"`}>
${inside}
${again && html`<p class="problem" role="alert">${t(formTexts.chooseAgain)}</p>`}
${fieldInputs(fields, filled, t)}
<div class="actions"><button>${button || t(formTexts.send)}</button></div>
</form>`,
  };
}
