import { z } from 'zod';
import { conditionFields, ignoreCase } from '../conditions.ts';
import { field } from '../field.ts';
import { defineNodeType, type Port } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

const fallbackPort: Port = { name: 'fallback', label: text('otherwise', 'senão') };

export const switchNode = defineNodeType({
  type: 'switch',
  version: 1,
  role: 'compute',
  group: 'flow',
  icon: 'ArrowsSplit',
  label: text('Switch', 'Escolha'),
  description: text(
    'Sends each item to the first case that holds.',
    'Envia cada item ao primeiro caso que vale.',
  ),
  keywords: ['case', 'route', 'branch', 'condition', 'rota', 'caso'],
  parameters: z.object({
    cases: field(
      z
        .array(
          z.object({
            label: field(z.string().max(64).default(''), { label: text('Name', 'Nome') }),
            ...conditionFields,
          }),
        )
        .max(50)
        .default([]),
      { label: text('Cases', 'Casos') },
    ),
    allMatching: field(z.boolean().default(false), {
      label: text('Send to every case that holds', 'Enviar a todos os casos que valem'),
    }),
    fallback: field(z.boolean().default(true), {
      label: text(
        'An output for items that fit no case',
        'Uma saída para itens que não cabem em nenhum caso',
      ),
    }),
    ignoreCase,
  }),
  inputs: oneMain,
  outputs: (parameters) => {
    const cases = Array.isArray(parameters.cases) ? parameters.cases : [];
    const ports = cases.map((entry: unknown, index): Port => {
      const label =
        typeof entry === 'object' && entry !== null && 'label' in entry ? String(entry.label) : '';
      return {
        name: `case${index}`,
        label: text(label || `case ${index + 1}`, label || `caso ${index + 1}`),
      };
    });
    return parameters.fallback === false ? ports : [...ports, fallbackPort];
  },
});
