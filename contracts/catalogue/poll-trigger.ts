import { z } from 'zod';
import { credentialId } from '../credentials/credential-id.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { askEvery } from './clock-fields.ts';

const nameAndValue = z.object({
  name: field(z.string().max(200).default(''), { label: text('Name', 'Nome'), fixed: true }),
  value: field(z.string().max(2_000).default(''), { label: text('Value', 'Valor'), fixed: true }),
});

export const pollTrigger = defineNodeType({
  type: 'poll-trigger',
  version: 1,
  role: 'trigger',
  group: 'triggers',
  icon: 'Refresh',
  label: text('Poll an API', 'Consultar uma API'),
  description: text(
    'Asks an address again and again and starts a run for what is new.',
    'Consulta um endereço repetidas vezes e inicia uma execução para o que é novo.',
  ),
  keywords: ['poll', 'api', 'watch', 'new', 'cursor', 'consultar', 'novidades'],
  parameters: z.object({
    ...askEvery,
    url: field(z.string({ error: 'A poll needs a URL.' }).min(1, 'A poll needs a URL.').max(8_000), {
      label: text('URL', 'URL'),
      placeholder: 'https://api.example.com/orders',
      fixed: true,
    }),
    authentication: field(z.enum(['none', 'credential']).default('none'), {
      label: text('Authentication', 'Autenticação'),
      options: { none: text('None', 'Nenhuma'), credential: text('A credential', 'Uma credencial') },
    }),
    credential: field(credentialId.default(''), {
      label: text('Credential', 'Credencial'),
      control: 'credential',
      showWhen: { authentication: ['credential'] },
    }),
    headers: field(z.array(nameAndValue).default([]), { label: text('Headers', 'Cabeçalhos') }),
    list: field(z.string().max(200).default(''), {
      label: text('List', 'Lista'),
      help: text(
        'Path of the list in the answer, such as data.orders. Empty: the answer is the list.',
        'Caminho da lista na resposta, como data.orders. Vazio: a resposta é a lista.',
      ),
      placeholder: 'data.orders',
      fixed: true,
    }),
    id: field(z.string().max(200).default('id'), {
      label: text('What makes an entry one of its kind', 'O que identifica uma entrada'),
      help: text(
        'Path in an entry. Empty: its whole content, so that a changed entry is a new one.',
        'Caminho na entrada. Vazio: todo o conteúdo, e uma entrada alterada é nova.',
      ),
      placeholder: 'id',
      fixed: true,
    }),
    cursor: field(z.string().max(200).default(''), {
      label: text('Remember the greatest', 'Lembrar o maior'),
      help: text(
        'Path in an entry of what grows, such as updated_at. Sent along with the next request.',
        'Caminho na entrada do que cresce, como updated_at. Enviado na próxima requisição.',
      ),
      placeholder: 'updated_at',
      fixed: true,
    }),
    cursorParameter: field(z.string().max(200).default(''), {
      label: text('Send it as the query parameter', 'Enviar como o parâmetro da consulta'),
      placeholder: 'since',
      fixed: true,
    }),
  }),
  inputs: none,
  outputs: oneMain,
  listens: (_, node) => [{ kind: 'poll', key: node }],
});
