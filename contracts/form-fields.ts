/** The fields of a form that people fill in: of a form trigger, a form page, an approval. */
import { z } from 'zod';
import { dynamicText } from './expression.ts';
import { field } from './field.ts';
import type { BinaryReference } from './item.ts';
import type { JsonValue } from './json.ts';
import { type Text, text } from './text.ts';

export const formFieldType = z.enum([
  ...(['text', 'multiline', 'email', 'number', 'date', 'select', 'checkbox'] as const),
  /** Its file is in the item's files, by the field's name. */
  'file',
]);
export type FormFieldType = z.output<typeof formFieldType>;

/** As the page and the check of its answers see it. */
export const formField = z.object({
  name: z.string(),
  label: z.string(),
  type: formFieldType,
  required: z.boolean(),
  /** Of a select. */
  options: z.array(z.string()),
  /** Of a file: media types and endings as in HTML (`image/*,.pdf`); left out: any. */
  accept: z.string().optional(),
});
export type FormField = z.output<typeof formField>;

export type FormValues = Record<string, string | number | boolean>;

const mostText = 20_000;

const typeLabels = {
  text: text('One line', 'Uma linha'),
  multiline: text('Several lines', 'Várias linhas'),
  email: text('E-mail address', 'Endereço de e-mail'),
  number: text('Number', 'Número'),
  date: text('Date', 'Data'),
  select: text('Choice', 'Escolha'),
  checkbox: text('Tick box', 'Caixa de seleção'),
};

const label = field(dynamicText().default(''), { label: text('Label', 'Rótulo') });
const name = field(z.string().max(100).default(''), {
  label: text('Name in the item', 'Nome no item'),
  help: text('Left out: made of the label.', 'Se vazio: feito a partir do rótulo.'),
  fixed: true,
});
const options = field(dynamicText().default(''), {
  label: text('Choices, one a line', 'Opções, uma por linha'),
  control: 'multiline',
  showWhen: { type: ['select'] },
});
const required = field(z.boolean().default(false), { label: text('Required', 'Obrigatório') });
const typeLabel = text('Kind', 'Tipo');
const fieldsLabel = { label: text('Fields', 'Campos') };

/** The parameter of a node that shows a form. */
export function formFieldsParameter() {
  const type = field(formFieldType.default('text'), {
    label: typeLabel,
    options: { ...typeLabels, file: text('File', 'Arquivo') },
  });
  const accept = field(dynamicText(z.string().max(500)).default(''), {
    label: text('Types of file', 'Tipos de arquivo'),
    help: text(
      'Media types or endings, as in image/*, .pdf. Empty: any.',
      'Tipos de mídia ou extensões, como em image/*, .pdf. Vazio: qualquer um.',
    ),
    placeholder: 'image/*, .pdf',
    showWhen: { type: ['file'] },
  });
  const one = z.object({ label, name, type, options, accept, required });
  return field(z.array(one).max(50).default([]), fieldsLabel);
}

/** The parameter of a node that asks people who decide: in the app, too, and without files. */
export function questionFieldsParameter() {
  const type = field(formFieldType.exclude(['file']).default('text'), {
    label: typeLabel,
    options: typeLabels,
  });
  return field(z.array(z.object({ label, name, type, options, required })).max(50).default([]), fieldsLabel);
}

interface GivenField {
  label: string;
  name: string;
  type: FormFieldType;
  options: string;
  accept?: string | undefined;
  required: boolean;
}

/** Fields without a label are left out; two that would have one name are told apart by a number. */
export function readFormFields(given: readonly GivenField[]): FormField[] {
  const taken = new Set<string>();
  return given.flatMap(({ label, name, type, options, accept = '', required }) => {
    const shown = label.trim() || name.trim();
    if (shown === '') return [];
    const wanted = name.trim() || nameOf(shown);
    let free = wanted;
    for (let n = 2; taken.has(free); n++) free = `${wanted}${n}`;
    taken.add(free);
    const choices = options.split('\n').map((option) => option.trim());
    const takes = type === 'file' && accept.trim() !== '' && { accept: accept.trim() };
    const filled = choices.filter((option) => option !== '');
    return [{ name: free, label: shown, type, required, options: filled, ...takes }];
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

/** Whether a file is one that the field takes: by its name and by what it was announced as. */
export function isAccepted(
  { accept }: Pick<FormField, 'accept'>,
  file: Pick<BinaryReference, 'fileName' | 'mimeType'>,
): boolean {
  const kinds = (accept ?? '')
    .toLowerCase()
    .split(',')
    .map((kind) => kind.trim());
  const given = kinds.filter((kind) => kind !== '');
  const type = file.mimeType.split(';', 1)[0]!.trim().toLowerCase();
  const matches = (kind: string) => {
    if (kind.startsWith('.')) return file.fileName.toLowerCase().endsWith(kind);
    return kind.endsWith('/*') ? type.startsWith(kind.slice(0, -1)) : type === kind;
  };
  return given.length === 0 || given.some(matches);
}

/**
 * What was filled in, by the fields' names: as JSON, or as a browser sends a form. What is no field is left out. Files are checked, and
 * are no values: they travel in `Item.binary`.
 */
export function checkAnswers(
  fields: readonly FormField[],
  given: Readonly<Record<string, JsonValue | undefined>>,
  files: Readonly<Record<string, BinaryReference>> = {},
): CheckedAnswers {
  const values: FormValues = {};
  const problems: { name: string; message: Text }[] = [];
  for (const field of fields) {
    const answer =
      field.type === 'file' ? checkFile(field, files[field.name]) : readAnswer(field, given[field.name]);
    if (answer.problem) problems.push({ name: field.name, message: answer.problem });
    else if (answer.value !== undefined) values[field.name] = answer.value;
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, values };
}

type Answer = { value?: string | number | boolean | undefined; problem?: Text };

function checkFile(field: FormField, file: BinaryReference | undefined): Answer {
  if (!file) return field.required ? { problem: missing } : {};
  if (isAccepted(field, file)) return {};
  const { accept } = field;
  return {
    problem: text(
      `This file is of another type. What is taken: ${accept}.`,
      `Este arquivo é de outro tipo. São aceitos: ${accept}.`,
    ),
  };
}

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
