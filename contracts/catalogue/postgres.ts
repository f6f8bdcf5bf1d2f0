import { z } from 'zod';
import { dynamic, dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { jsonValue } from '../json.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { credentialField, credentialMissing } from './shared-fields.ts';

const value = () => field(dynamic(jsonValue).default(''), { label: text('Value', 'Valor') });
const column = () =>
  field(z.string().trim().default(''), { label: text('Column', 'Coluna'), placeholder: 'status' });

const ofTable = { operation: ['select', 'insert', 'update', 'upsert', 'delete'] } as const;
const writes = ['insert', 'update', 'upsert'];

export const postgresNode = defineNodeType({
  type: 'postgres',
  version: 1,
  role: 'effect',
  group: 'actions',
  icon: 'Database',
  label: text('Postgres', 'Postgres'),
  description: text('Reads and writes a PostgreSQL database.', 'Lê e grava em um banco de dados PostgreSQL.'),
  keywords: ['sql', 'database', 'query', 'table', 'insert', 'select', 'banco de dados', 'consulta', 'tabela'],
  parameters: z.object({
    credential: credentialField(),
    operation: field(z.enum(['query', 'select', 'insert', 'update', 'upsert', 'delete']).default('query'), {
      label: text('Operation', 'Operação'),
      options: {
        query: text('Run a query', 'Executar uma consulta'),
        select: text('Select rows', 'Selecionar linhas'),
        insert: text('Insert rows', 'Inserir linhas'),
        update: text('Update rows', 'Atualizar linhas'),
        upsert: text('Insert or update rows', 'Inserir ou atualizar linhas'),
        delete: text('Delete rows', 'Apagar linhas'),
      },
    }),
    query: field(dynamicText(z.string().max(200_000)).default(''), {
      label: text('Query', 'Consulta'),
      help: text(
        'Write $1, $2 … where values go, and list the values below: they can never be read as SQL.',
        'Escreva $1, $2 … onde vão os valores e liste-os abaixo: eles nunca são lidos como SQL.',
      ),
      placeholder: 'select * from orders where customer = $1',
      control: 'multiline',
      showWhen: { operation: ['query'] },
    }),
    values: field(
      z
        .array(z.object({ value: value() }))
        .max(1_000)
        .default([]),
      {
        label: text('Values of $1, $2 …', 'Valores de $1, $2 …'),
        showWhen: { operation: ['query'] },
      },
    ),
    readOnly: field(z.boolean().default(false), {
      label: text('It only reads', 'Só lê'),
      help: text(
        'The database makes sure of it. Such a query runs faster, for it may be repeated.',
        'O banco de dados garante isso. Essa consulta roda mais rápido, pois pode ser repetida.',
      ),
      showWhen: { operation: ['query'] },
    }),
    schema: field(dynamicText().default('public'), { label: text('Schema', 'Esquema'), showWhen: ofTable }),
    table: field(dynamicText().default(''), {
      label: text('Table', 'Tabela'),
      placeholder: 'orders',
      showWhen: ofTable,
    }),
    columnsFrom: field(z.enum(['item', 'list']).default('item'), {
      label: text('Columns', 'Colunas'),
      options: {
        item: text('Each field of the item is one', 'Cada campo do item é uma'),
        list: text('As listed below', 'Como listadas abaixo'),
      },
      showWhen: { operation: writes },
    }),
    columns: field(
      z
        .array(z.object({ column: column(), value: value() }))
        .max(1_000)
        .default([]),
      {
        label: text('Values', 'Valores'),
        showWhen: { operation: writes, columnsFrom: ['list'] },
      },
    ),
    matchColumns: field(z.string().default('id'), {
      label: text('Columns that find the row', 'Colunas que encontram a linha'),
      help: text(
        'Names separated by commas. To insert or update, they need a unique index.',
        'Nomes separados por vírgulas. Para inserir ou atualizar, precisam de um índice único.',
      ),
      showWhen: { operation: ['update', 'upsert'] },
    }),
    conditions: field(
      z
        .array(
          z.object({
            column: column(),
            operator: field(
              z
                .enum([
                  'equals',
                  'notEquals',
                  'greater',
                  'greaterOrEqual',
                  'less',
                  'lessOrEqual',
                  'like',
                  'isNull',
                  'isNotNull',
                ])
                .default('equals'),
              {
                label: text('Operator', 'Operador'),
                options: {
                  equals: text('is', 'é'),
                  notEquals: text('is not', 'não é'),
                  greater: text('>', '>'),
                  greaterOrEqual: text('≥', '≥'),
                  less: text('<', '<'),
                  lessOrEqual: text('≤', '≤'),
                  like: text('is like (% for any text)', 'é como (% para qualquer texto)'),
                  isNull: text('is null', 'é nulo'),
                  isNotNull: text('is not null', 'não é nulo'),
                },
              },
            ),
            value: value(),
          }),
        )
        .max(100)
        .default([]),
      { label: text('Conditions', 'Condições'), showWhen: { operation: ['select', 'delete'] } },
    ),
    combine: field(z.enum(['and', 'or']).default('and'), {
      label: text('Rows for which', 'Linhas para as quais'),
      options: { and: text('all hold', 'todas valem'), or: text('one holds', 'uma vale') },
      showWhen: { operation: ['select', 'delete'] },
    }),
    sort: field(
      z
        .array(
          z.object({
            column: column(),
            direction: field(z.enum(['asc', 'desc']).default('asc'), {
              label: text('Order', 'Ordem'),
              options: { asc: text('Ascending', 'Crescente'), desc: text('Descending', 'Decrescente') },
            }),
          }),
        )
        .max(20)
        .default([]),
      { label: text('Sort by', 'Ordenar por'), showWhen: { operation: ['select'] } },
    ),
    limit: field(dynamicNumber(z.int().min(1).max(100_000)).default(50), {
      label: text('Rows at most', 'Linhas no máximo'),
      showWhen: { operation: ['select'] },
    }),
    statementTimeout: field(z.number().min(1).max(3_600).default(60), {
      label: text('Time limit of a statement (seconds)', 'Limite de tempo de um comando (segundos)'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: (parameters) => {
    const { operation, credential, query, table, columnsFrom, columns, matchColumns, conditions } =
      parameters;
    const needed = (when: boolean, path: string, en: string, pt: string) =>
      when ? [{ path: [path], message: text(en, pt) }] : [];
    return [
      ...credentialMissing(credential),
      ...needed(
        operation === 'query' && query.trim() === '',
        'query',
        'Write a query.',
        'Escreva uma consulta.',
      ),
      ...needed(operation !== 'query' && table === '', 'table', 'Name the table.', 'Informe a tabela.'),
      ...needed(
        writes.includes(operation) && columnsFrom === 'list' && columns.length === 0,
        ...(['columns', 'Add a value.', 'Adicione um valor.'] as const),
      ),
      ...needed(
        (operation === 'update' || operation === 'upsert') && matchColumns.trim() === '',
        ...([
          'matchColumns',
          'Name the columns that find the row.',
          'Informe as colunas que encontram a linha.',
        ] as const),
      ),
      ...needed(
        operation === 'delete' && conditions.length === 0,
        'conditions',
        'Add a condition. To empty a whole table, run a query.',
        'Adicione uma condição. Para esvaziar uma tabela inteira, execute uma consulta.',
      ),
    ];
  },
});
export type PostgresParameters = z.output<typeof postgresNode.parameters>;
