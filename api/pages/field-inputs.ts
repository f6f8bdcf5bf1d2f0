/** The fields of a form as HTML, with what was filled in before and what is wrong with it. */
import type { FormField } from '../../contracts/form-fields.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { type Text, text } from '../../contracts/text.ts';
import { type Html, html } from './html.ts';

export interface Filled {
  values: Readonly<Record<string, JsonValue | undefined>>;
  problems: readonly { name: string; message: Text }[];
}

export const nothingFilled: Filled = { values: {}, problems: [] };

/** A field's name in the browser: no name of a builder may be one of ours. */
export const fieldPrefix = 'f.';
const choose = text('Choose …', 'Escolha …');

export function fieldInputs(fields: readonly FormField[], filled: Filled, t: (text: Text) => string): Html {
  return html`${fields.map((field) => fieldInput(field, filled, t))}`;
}

/** The values of a form that was sent, by the fields' own names. */
export function sentValues(body: JsonValue): Record<string, JsonValue> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      name.startsWith(fieldPrefix) ? [[name.slice(fieldPrefix.length), value]] : [],
    ),
  );
}

function fieldInput(field: FormField, { values, problems }: Filled, t: (text: Text) => string): Html {
  const { name, label, type, required } = field;
  const id = fieldPrefix + name;
  const problem = problems.find((one) => one.name === name);
  const said = problem && html`<p class="problem" id="${id}-problem">${t(problem.message)}</p>`;
  const state = html`${required && html` required`}${problem && html` aria-invalid="true" aria-describedby="${`${id}-problem`}"`}`;
  if (type === 'checkbox') {
    const isOn = values[name] === true || values[name] === 'on';
    return html`<div class="field"><label class="tick"><input type="checkbox" name="${id}"${state}${isOn && html` checked`}>${label}${required && mark}</label>${said}</div>`;
  }
  const given = values[name];
  const value = typeof given === 'string' || typeof given === 'number' ? String(given) : '';
  return html`<div class="field"><label for="${id}">${label}${required && mark}</label>${control(field, id, value, state, t)}${said}</div>`;
}

const mark = html` <span class="needed" aria-hidden="true">*</span>`;

function control(
  { type, options, accept }: FormField,
  id: string,
  value: string,
  state: Html,
  t: (text: Text) => string,
): Html {
  if (type === 'multiline')
    return html`<textarea id="${id}" name="${id}" rows="5"${state}>${value}</textarea>`;
  if (type === 'select')
    return html`<select id="${id}" name="${id}"${state}><option value="">${t(choose)}</option>${options.map(
      (option) => html`<option${option === value && html` selected`}>${option}</option>`,
    )}</select>`;
  if (type === 'file')
    return html`<input type="file" id="${id}" name="${id}"${accept !== undefined && html` accept="${accept}"`}${state}>`;
  const step = type === 'number' && html` step="any" inputmode="decimal"`;
  return html`<input type="${type}" id="${id}" name="${id}" value="${value}"${step}${state}>`;
}
