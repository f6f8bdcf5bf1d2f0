import { z } from 'zod';
import { field } from '../field.ts';
import { text } from '../text.ts';
import { defineCredentialType } from './credential-type.ts';
import { allowedHosts, headerName, onlyHttp, secretText, testUrl } from './fields.ts';

export const apiKeyCredential = defineCredentialType({
  type: 'api-key',
  icon: 'Key',
  label: text('API key', 'Chave de API'),
  description: text('A key in a header or in the query.', 'Uma chave em um cabeçalho ou na consulta.'),
  values: z.object({
    place: field(z.enum(['header', 'query']).default('header'), {
      label: text('Where it goes', 'Onde vai'),
      options: {
        header: text('Header', 'Cabeçalho'),
        query: text('Query parameter', 'Parâmetro da consulta'),
      },
    }),
    name: field(headerName.default('X-API-Key'), {
      label: text('Name of the header or parameter', 'Nome do cabeçalho ou parâmetro'),
      placeholder: 'X-API-Key',
    }),
    key: secretText(text('Key', 'Chave')),
    allowedHosts,
    testUrl,
  }),
  nodes: onlyHttp,
  tester: 'http',
  apply: ({ place, name, key }) =>
    place === 'header' ? { headers: [[name, key]], query: [] } : { headers: [], query: [[name, key]] },
});
