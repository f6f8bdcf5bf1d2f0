import { z } from 'zod';
import { credentialId } from '../credentials/credential-id.ts';
import { dynamic, dynamicJson, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

const nameAndValue = z.object({
  name: field(dynamicText().default(''), { label: text('Name', 'Nome') }),
  value: field(dynamicText().default(''), { label: text('Value', 'Valor') }),
});

export const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

export const httpRequest = defineNodeType({
  type: 'http-request',
  version: 1,
  role: 'effect',
  group: 'actions',
  icon: 'WorldWww',
  label: text('HTTP request', 'Requisição HTTP'),
  description: text('Calls any HTTP API, once per item.', 'Chama qualquer API HTTP, uma vez por item.'),
  keywords: ['api', 'rest', 'fetch', 'get', 'post', 'url', 'call', 'chamar'],
  parameters: z.object({
    method: field(dynamic(z.enum(httpMethods)).default('GET'), { label: text('Method', 'Método') }),
    url: field(
      z.string({ error: 'An HTTP request needs a URL.' }).min(1, 'An HTTP request needs a URL.').max(8_000),
      {
        label: text('URL', 'URL'),
        placeholder: 'https://api.example.com/orders',
      },
    ),
    authentication: field(z.enum(['none', 'credential']).default('none'), {
      label: text('Authentication', 'Autenticação'),
      options: { none: text('None', 'Nenhuma'), credential: text('A credential', 'Uma credencial') },
    }),
    credential: field(credentialId.default(''), {
      label: text('Credential', 'Credencial'),
      help: text(
        'Its secrets are filled in when the request leaves, and never appear in the run.',
        'Seus segredos são preenchidos quando a requisição sai, e nunca aparecem na execução.',
      ),
      control: 'credential',
      showWhen: { authentication: ['credential'] },
    }),
    query: field(z.array(nameAndValue).default([]), {
      label: text('Query parameters', 'Parâmetros da consulta'),
    }),
    headers: field(z.array(nameAndValue).default([]), { label: text('Headers', 'Cabeçalhos') }),
    bodyType: field(z.enum(['none', 'json', 'form', 'text', 'multipart', 'file']).default('none'), {
      label: text('Body', 'Corpo'),
      options: {
        none: text('None', 'Nenhum'),
        json: text('JSON', 'JSON'),
        form: text('Form fields', 'Campos de formulário'),
        text: text('Text', 'Texto'),
        multipart: text('Form with files', 'Formulário com arquivos'),
        file: text('A file', 'Um arquivo'),
      },
    }),
    jsonBody: field(dynamicJson().default('{}'), {
      label: text('JSON', 'JSON'),
      control: 'json',
      showWhen: { bodyType: ['json'] },
    }),
    formBody: field(z.array(nameAndValue).default([]), {
      label: text('Fields', 'Campos'),
      showWhen: { bodyType: ['form', 'multipart'] },
    }),
    textBody: field(dynamicText().default(''), {
      label: text('Text', 'Texto'),
      control: 'multiline',
      showWhen: { bodyType: ['text'] },
    }),
    formFiles: field(
      z
        .array(
          z.object({
            name: field(dynamicText().default('file'), { label: text('Form field', 'Campo do formulário') }),
            file: field(dynamicText().default('data'), {
              label: text('File of the item', 'Arquivo do item'),
            }),
          }),
        )
        .default([]),
      { label: text('Files', 'Arquivos'), showWhen: { bodyType: ['multipart'] } },
    ),
    bodyFile: field(dynamicText().default('data'), {
      label: text('File of the item', 'Arquivo do item'),
      help: text(
        'The name under which the item carries it, as its files show.',
        'O nome sob o qual o item o carrega, como mostram seus arquivos.',
      ),
      showWhen: { bodyType: ['file'] },
    }),
    result: field(z.enum(['body', 'full', 'file']).default('body'), {
      label: text('Result', 'Resultado'),
      options: {
        body: text('The body', 'O corpo'),
        full: text('Body, status and headers', 'Corpo, status e cabeçalhos'),
        file: text('A file', 'Um arquivo'),
      },
    }),
    fileName: field(dynamicText().default('data'), {
      label: text('Call the file', 'Chamar o arquivo de'),
      help: text(
        'The name under which later nodes find it.',
        'O nome sob o qual os próximos nós o encontram.',
      ),
      showWhen: { result: ['file'] },
    }),
    failOnStatus: field(z.boolean().default(true), {
      label: text('Fail on status 400 and above', 'Falhar com status 400 ou maior'),
    }),
    idempotent: field(z.boolean().default(false), {
      label: text('Safe to repeat', 'Pode ser repetida'),
      help: text(
        'GET and HEAD always are. Say so for other calls that do no harm when made twice: they run faster.',
        'GET e HEAD sempre são. Marque outras chamadas que não causam dano se feitas duas vezes: rodam mais rápido.',
      ),
    }),
    concurrency: field(z.int().min(1).max(50).default(10), {
      label: text('Requests at a time', 'Requisições ao mesmo tempo'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ authentication, credential }) =>
    authentication === 'credential' && credential === ''
      ? [{ path: ['credential'], message: text('Choose a credential.', 'Escolha uma credencial.') }]
      : [],
});
