/** The fields of a form that people fill in: of a form trigger, a form page, an approval. */
import { z } from 'zod';
import { dynamicText } from './expression.ts';
import { field } from './field.ts';
import type { JsonValue } from './json.ts';
import { type Text, text } from './text.ts';

export const formFieldType = z.enum(['text', 'multiline', 'email', 'number', 'date', 'select', 'checkbox']);
export type FormFieldType = z.output<typeof formFieldType>;

/** As the page and the check of its answers see it. */
export const formField = z.object({
  name: z.string(),
  label: z.string(),
  type: formFieldType,
  required: z.boolean(),
  /** Of a select. */
  options: z.array(z.string()),
});
export type FormField = z.output<typeof formField>;

export type FormValues = Record<string, string | number | boolean>;

const mostText = 20_000;

/** The parameter of a node that shows a form. */
export function formFieldsParameter() {
  return field(
    z
      .array(
        z.object({
          label: field(dynamicText().default(''), { label: text('Label', 'Rótulo') }),
          name: field(z.string().max(100).default(''), {
            label: text('Name in the item', 'Nome no item'),
            help: text('Left out: made of the label.', 'Se vazio: feito a partir do rótulo.'),
            fixed: true,
          }),
          type: field(formFieldType.default('text'), {
            label: text('Kind', 'Tipo'),
            options: {
              text: text('One line', 'Uma linha'),
              multiline: text('Several lines', 'Várias linhas'),
              email: text('E-mail address', 'Endereço de e-mail'),
              number: text('Number', 'Número'),
              date: text('Date', 'Data'),
              select: text('Choice', 'Escolha'),
              checkbox: text('Tick box', 'Caixa de seleção'),
            },
          }),
          options: field(dynamicText().default(''), {
            label: text('Choices, one a line', 'Opções, uma por linha'),
            control: 'multiline',
            showWhen: { type: ['select'] },
          }),
          required: field(z.boolean().default(false), { label: text('Required', 'Obrigatório') }),
        }),
      )
      .max(50)
      .default([]),
    { label: text('Fields', 'Campos') },
  );
}

interface GivenField {
  label: string;
  name: string;
  type: FormFieldType;
  options: string;
  required: boolean;
}

/** Fields without a label are left out; two that would have one name are told apart by a number. */
export function readFormFields(given: readonly GivenField[]): FormField[] {
  const taken = new Set<string>();
  return given.flatMap(({ label, name, type, options, required }) => {
    const shown = label.trim() || name.trim();
    if (shown === '') return [];
    const wanted = name.trim() || nameOf(shown);
    let free = wanted;
    for (let n = 2; taken.has(free); n++) free = `${wanted}${n}`;
    taken.add(free);
    const choices = options.split('\n').map((option) => option.trim());
    return [{ name: free, label: shown, type, required, options: choices.filter((option) => option !== '') }];
  });
}

/** `Due date (UTC)` → `dueDateUtc`; of a label without letters, `field`. */
function nameOf(label: string): string {
  const words = label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
  const name = words.map((word, at) => (at === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('');
  return /^[a-z]/.test(name) ? name.slice(0, 60) : `field${name.slice(0, 60)}`;
}

export type CheckedAnswers =
  | { ok: true; values: FormValues }
  | { ok: false; problems: { name: string; message: Text }[] };

/** What was filled in, by the fields' names: as JSON, or as a browser sends a form. What is no field is left out. */
export function checkAnswers(
  fields: readonly FormField[],
  given: Readonly<Record<string, JsonValue | undefined>>,
): CheckedAnswers {
  const values: FormValues = {};
  const problems: { name: string; message: Text }[] = [];
  for (const field of fields) {
    const answer = readAnswer(field, given[field.name]);
    if (answer.problem) problems.push({ name: field.name, message: answer.problem });
    else if (answer.value !== undefined) values[field.name] = answer.value;
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, values };
}

type Answer = { value?: string | number | boolean | undefined; problem?: Text };

function readAnswer({ type, required, options }: FormField, given: JsonValue | undefined): Answer {
  if (type === 'checkbox') {
    const value = given === true || given === 'true' || given === 'on';
    return required && !value ? { problem: missing } : { value };
  }
  const words = typeof given === 'string' ? given.trim() : typeof given === 'number' ? String(given) : '';
  if (words === '') return required ? { problem: missing } : {};
  if (words.length > mostText) return { problem: text('This is too long.', 'Isto é longo demais.') };
  switch (type) {
    case 'number': {
      const value = Number(words.replace(',', '.'));
      return Number.isFinite(value)
        ? { value }
        : { problem: text('This is not a number.', 'Isto não é um número.') };
    }
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(words) && !Number.isNaN(Date.parse(words))
        ? { value: words }
        : {
            problem: text(
              'This is not a date, as in 2027-01-31.',
              'Isto não é uma data, como em 2027-01-31.',
            ),
          };
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(words)
        ? { value: words }
        : { problem: text('This is not an e-mail address.', 'Isto não é um endereço de e-mail.') };
    case 'select':
      return options.includes(words)
        ? { value: words }
        : { problem: text('This is not one of the choices.', 'Isto não é uma das opções.') };
    default:
      return { value: words };
  }
}

const missing = text('This is needed.', 'Isto é necessário.');
