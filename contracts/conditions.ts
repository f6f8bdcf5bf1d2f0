/** Conditions as the If and Switch nodes (and later filters) use them. How they compare is `engine/nodes/conditions.ts`. */
import { z } from 'zod';
import { dynamic } from './expression.ts';
import { field } from './field.ts';
import { jsonValue } from './json.ts';
import { type Text, text } from './text.ts';

interface Operator {
  label: Text;
  /** Takes no right-hand value. */
  unary?: true;
}

/** `<type>.<operation>`, the names of n8n. */
export const operators = {
  'string.equals': { label: text('is equal to', 'é igual a') },
  'string.notEquals': { label: text('is not equal to', 'é diferente de') },
  'string.contains': { label: text('contains', 'contém') },
  'string.notContains': { label: text('does not contain', 'não contém') },
  'string.startsWith': { label: text('starts with', 'começa com') },
  'string.endsWith': { label: text('ends with', 'termina com') },
  'string.regex': { label: text('matches the pattern', 'casa com o padrão') },
  'any.exists': { label: text('exists', 'existe'), unary: true },
  'any.notExists': { label: text('does not exist', 'não existe'), unary: true },
  'any.empty': { label: text('is empty', 'está vazio'), unary: true },
  'any.notEmpty': { label: text('is not empty', 'não está vazio'), unary: true },
  'number.equals': { label: text('= (number)', '= (número)') },
  'number.notEquals': { label: text('≠ (number)', '≠ (número)') },
  'number.gt': { label: text('> (number)', '> (número)') },
  'number.gte': { label: text('≥ (number)', '≥ (número)') },
  'number.lt': { label: text('< (number)', '< (número)') },
  'number.lte': { label: text('≤ (number)', '≤ (número)') },
  'boolean.true': { label: text('is true', 'é verdadeiro'), unary: true },
  'boolean.false': { label: text('is false', 'é falso'), unary: true },
  'boolean.equals': { label: text('is the same truth as', 'tem a mesma verdade que') },
  'dateTime.after': { label: text('is after', 'é depois de') },
  'dateTime.before': { label: text('is before', 'é antes de') },
  'dateTime.equals': { label: text('is the same moment as', 'é o mesmo momento que') },
  'array.contains': { label: text('list contains', 'a lista contém') },
  'array.lengthEquals': { label: text('list has length', 'a lista tem tamanho') },
  'array.lengthGt': { label: text('list is longer than', 'a lista é maior que') },
  'array.lengthLt': { label: text('list is shorter than', 'a lista é menor que') },
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;
const operatorNames = Object.keys(operators) as [OperatorName, ...OperatorName[]];

export const condition = z.object({
  left: field(dynamic(jsonValue).default(''), { label: text('Value', 'Valor') }),
  operator: field(z.enum(operatorNames).default('string.equals'), {
    label: text('Compare', 'Comparar'),
    options: Object.fromEntries(operatorNames.map((name) => [name, operators[name].label])),
  }),
  right: field(dynamic(jsonValue).default(''), { label: text('With', 'Com') }),
});

export const combinator = z.enum(['and', 'or']);

/** Fields that every node with conditions has. */
export const conditionFields = {
  combinator: field(combinator.default('and'), {
    label: text('True when', 'Verdadeiro quando'),
    options: {
      and: text('All conditions hold', 'Todas as condições valem'),
      or: text('Any condition holds', 'Alguma condição vale'),
    },
  }),
  conditions: field(z.array(condition).default([]), { label: text('Conditions', 'Condições') }),
};

export const ignoreCase = field(z.boolean().default(false), {
  label: text('Ignore upper and lower case', 'Ignorar maiúsculas e minúsculas'),
});

export type Condition = z.output<typeof condition>;
export type Combinator = z.output<typeof combinator>;
