import { z } from 'zod';
import { dynamic, dynamicJson, dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { jsonValue } from '../json.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { rowOperators } from '../tables.ts';
import { text } from '../text.ts';

const name = () => z.string({ error: 'A column needs a name.' }).min(1, 'A column needs a name.');

export const dataTableNode = defineNodeType({
  type: 'data-table',
  version: 1,
  role: 'effect',
  group: 'actions',
  icon: 'Table',
  label: text('Data table', 'Tabela de dados'),
  description: text(
    'Reads and writes rows of a table of the workspace, once per item.',
    'Lê e grava linhas de uma tabela do workspace, uma vez por item.',
  ),
  keywords: ['database', 'rows', 'insert', 'upsert', 'store', 'spreadsheet', 'banco', 'linhas', 'planilha'],
  parameters: z.object({
    table: field(z.string({ error: 'Name the table.' }).min(1, 'Name the table.'), {
      label: text('Table', 'Tabela'),
      help: text('Its name, or its id.', 'Seu nome, ou seu id.'),
      placeholder: 'leads',
    }),
    operation: field(z.enum(['get', 'insert', 'upsert', 'update', 'delete']).default('get'), {
      label: text('Operation', 'Operação'),
      options: {
        get: text('Get rows', 'Obter linhas'),
        insert: text('Insert a row', 'Inserir uma linha'),
        upsert: text('Update, or insert when there is none', 'Atualizar, ou inserir se não houver'),
        update: text('Update rows', 'Atualizar linhas'),
        delete: text('Delete rows', 'Apagar linhas'),
      },
    }),
    cellsFrom: field(z.enum(['list', 'item', 'json']).default('list'), {
      label: text('Cells', 'Células'),
      options: {
        list: text('One by one', 'Uma a uma'),
        item: text('Fields of the item named like columns', 'Campos do item com nome de coluna'),
        json: text('As JSON', 'Como JSON'),
      },
      showWhen: { operation: ['insert', 'upsert', 'update'] },
    }),
    cells: field(
      z
        .array(
          z.object({
            column: field(name(), { label: text('Column', 'Coluna'), placeholder: 'email' }),
            value: field(dynamic(jsonValue).default(''), { label: text('Value', 'Valor') }),
          }),
        )
        .max(50)
        .default([]),
      {
        label: text('Values', 'Valores'),
        showWhen: { operation: ['insert', 'upsert', 'update'], cellsFrom: ['list'] },
      },
    ),
    json: field(dynamicJson().default('{}'), {
      label: text('JSON', 'JSON'),
      control: 'json',
      showWhen: { operation: ['insert', 'upsert', 'update'], cellsFrom: ['json'] },
    }),
    match: field(z.enum(['all', 'any']).default('all'), {
      label: text('Rows where', 'Linhas onde'),
      options: {
        all: text('all conditions hold', 'todas as condições valem'),
        any: text('any condition holds', 'alguma condição vale'),
      },
      showWhen: { operation: ['get', 'upsert', 'update', 'delete'] },
    }),
    conditions: field(
      z
        .array(
          z.object({
            column: field(name(), {
              label: text('Column', 'Coluna'),
              help: text('Or id, createdAt, updatedAt.', 'Ou id, createdAt, updatedAt.'),
              placeholder: 'email',
            }),
            operator: field(z.enum(rowOperators).default('equals'), {
              label: text('Is', 'É'),
              options: {
                equals: text('equal to', 'igual a'),
                notEquals: text('not equal to', 'diferente de'),
                gt: text('greater than, after', 'maior que, depois de'),
                gte: text('at least', 'no mínimo'),
                lt: text('less than, before', 'menor que, antes de'),
                lte: text('at most', 'no máximo'),
                contains: text('containing', 'contendo'),
                empty: text('empty', 'vazio'),
                notEmpty: text('not empty', 'não vazio'),
              },
            }),
            value: field(dynamic(jsonValue).default(''), {
              label: text('Value', 'Valor'),
              showWhen: { operator: ['equals', 'notEquals', 'gt', 'gte', 'lt', 'lte', 'contains'] },
            }),
          }),
        )
        .max(20)
        .default([]),
      {
        label: text('Conditions', 'Condições'),
        showWhen: { operation: ['get', 'upsert', 'update', 'delete'] },
      },
    ),
    sort: field(dynamicText().default(''), {
      label: text('Sort by', 'Ordenar por'),
      help: text(
        'A column; left empty, in the order of insertion.',
        'Uma coluna; vazio, na ordem de inserção.',
      ),
      showWhen: { operation: ['get'] },
    }),
    order: field(z.enum(['ascending', 'descending']).default('ascending'), {
      label: text('Order', 'Ordem'),
      options: { ascending: text('Ascending', 'Crescente'), descending: text('Descending', 'Decrescente') },
      showWhen: { operation: ['get'] },
    }),
    limit: field(dynamicNumber(z.int().min(1).max(10_000)).default(100), {
      label: text('Most rows', 'Máximo de linhas'),
      showWhen: { operation: ['get'] },
    }),
    concurrency: field(z.int().min(1).max(20).default(5), {
      label: text('Items at a time', 'Itens ao mesmo tempo'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
  // Without conditions an update or delete would be of the whole table: that has to be said, by a condition that always holds.
  check: ({ operation, conditions }) =>
    ['upsert', 'update', 'delete'].includes(operation) && conditions.length === 0
      ? [
          {
            path: ['conditions'],
            message: text(
              'Say which rows. For all of them: id is not empty.',
              'Diga quais linhas. Para todas: id não é vazio.',
            ),
          },
        ]
      : [],
});
