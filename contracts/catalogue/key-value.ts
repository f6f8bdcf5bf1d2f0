import { z } from 'zod';
import { dynamic, dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { jsonValue } from '../json.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const keyValueNode = defineNodeType({
  type: 'key-value',
  version: 1,
  role: 'effect',
  group: 'actions',
  icon: 'Key',
  label: text('Key-value store', 'Armazém de chaves'),
  description: text(
    'Remembers values by a key, from one run to the next.',
    'Lembra valores por uma chave, de uma execução à próxima.',
  ),
  keywords: ['cache', 'memory', 'state', 'counter', 'redis', 'remember', 'memória', 'contador', 'lembrar'],
  parameters: z.object({
    operation: field(z.enum(['get', 'set', 'increment', 'delete', 'list']).default('get'), {
      label: text('Operation', 'Operação'),
      options: {
        get: text('Get', 'Obter'),
        set: text('Set', 'Definir'),
        increment: text('Increment', 'Incrementar'),
        delete: text('Delete', 'Apagar'),
        list: text('List by prefix', 'Listar por prefixo'),
      },
    }),
    key: field(dynamicText().default(''), {
      label: text('Key', 'Chave'),
      placeholder: 'last-order',
      showWhen: { operation: ['get', 'set', 'increment', 'delete'] },
    }),
    prefix: field(dynamicText().default(''), {
      label: text('Prefix', 'Prefixo'),
      placeholder: 'order:',
      showWhen: { operation: ['list'] },
    }),
    value: field(dynamic(jsonValue).default(''), {
      label: text('Value', 'Valor'),
      showWhen: { operation: ['set'] },
    }),
    by: field(dynamicNumber(z.number()).default(1), {
      label: text('By', 'Em'),
      showWhen: { operation: ['increment'] },
    }),
    ttl: field(dynamicNumber(z.number().min(0).max(315_360_000)).default(0), {
      label: text('Time to live (seconds)', 'Tempo de vida (segundos)'),
      help: text(
        '0 keeps it for good. Increment sets it when it begins to count.',
        '0 guarda para sempre. Incrementar o define quando começa a contar.',
      ),
      showWhen: { operation: ['set', 'increment'] },
    }),
    limit: field(dynamicNumber(z.int().min(1).max(1_000)).default(100), {
      label: text('Most keys', 'Máximo de chaves'),
      showWhen: { operation: ['list'] },
    }),
    into: field(z.string().min(1, 'A field needs a name.').default('value'), {
      label: text('Into', 'Em'),
      help: text(
        'The field of the item that gets the value; null for a key that is not there.',
        'O campo do item que recebe o valor; null para uma chave que não existe.',
      ),
      showWhen: { operation: ['get', 'set', 'increment', 'delete'] },
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ operation, key }) =>
    operation !== 'list' && key === ''
      ? [{ path: ['key'], message: text('Name the key.', 'Diga qual é a chave.') }]
      : [],
});
