/** `/forms/<path>` and `/forms/test/<path>`: the page of a form trigger. Sending it starts a run; from there the browser follows the run (`follow-run.ts`). */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { formTrigger } from '../../contracts/catalogue/form-trigger.ts';
import { checkAnswers, type FormField, readFormFields } from '../../contracts/form-fields.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { type Text, text } from '../../contracts/text.ts';
import { linkPaths } from '../../runs/links/public-links.ts';
import { signLink } from '../../runs/links/signed-link.ts';
import { runIdOf } from '../../runs/start-run.ts';
import { parseBody, readBody } from '../body.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { type Filled, fieldInputs, nothingFilled, sentValues } from './field-inputs.ts';
import type { FormSource } from './form-sources.ts';
import { type Html, html } from './html.ts';
import { markdown } from './markdown.ts';
import { type Page, sendPage } from './send-page.ts';

/** Bytes of what is filled in. */
export const mostFormBytes = 300_000;

/** A field that no person sees: who fills it in is a program. */
const trap = 'website';

export const formTexts = {
  untitled: text('Form', 'Formulário'),
  send: text('Send', 'Enviar'),
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
      const { parameters } = await forms.at(String(request.params.path));
      sendPage(request, response, 200, (t) => triggerPage(parameters, nothingFilled, randomUUID(), t));
    },

    async take(request, response) {
      const meter = limits.meter('form', response);
      await meter.count({ ip: clientIp(request, deps.config) ?? 'unknown' });
      const path = String(request.params.path);
      const form = await forms.at(path);
      const { parameters, workspace, automation, node } = form;
      await meter.count({ workspace });
      const body = parseBody(request.headers['content-type'], await readBody(request, mostFormBytes));
      const { once, trapped } = hidden(body);
      const given = sentValues(body);
      const answers = checkAnswers(readFormFields(parameters.fields), given);
      if (!answers.ok)
        return sendPage(request, response, 422, (t) =>
          triggerPage(parameters, { values: given, problems: answers.problems }, once, t),
        );
      const run = form.run ?? runIdOf('form', workspace, automation, node, once);
      // A program that fell into the trap is told what a person is told, and nothing happens.
      if (!trapped) {
        const json: JsonObject = { ...answers.values, submittedAt: new Date().toISOString() };
        const answer = parameters.afterwards === 'answer' ? 'respondNode' : undefined;
        await form.start({ items: [{ json }], run, answer });
      }
      const token = await signLink(deps.db, 'form', { workspace, automation, run, node, index: 0 });
      response.redirect(303, linkPaths.form + token);
    },
  };
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
  once: string,
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
    inside,
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
  inside?: Html,
): Page {
  return {
    title,
    body: html`<h1>${title}</h1>
${description !== '' && markdown(description)}
<form method="post">
${inside}
${fieldInputs(fields, filled, t)}
<div class="actions"><button>${button || t(formTexts.send)}</button></div>
</form>`,
  };
}
