import { z } from 'zod';
import { dynamicJson, dynamicNumber, dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { credentialField, credentialMissing } from './shared-fields.ts';

const webhook = { operation: ['webhook'] } as const;
const ofWorkflow = ['getWorkflow', 'activate', 'deactivate'];

export const n8nNode = defineNodeType({
  type: 'n8n',
  version: 1,
  role: 'effect',
  group: 'actions',
  icon: 'TopologyStar3',
  label: text('n8n', 'n8n'),
  description: text(
    'Calls a workflow of an n8n instance, or looks after its workflows and executions.',
    'Chama um workflow de uma instância n8n, ou cuida dos seus workflows e execuções.',
  ),
  keywords: ['workflow', 'webhook', 'execution', 'execução', 'fluxo'],
  parameters: z.object({
    operation: field(
      z
        .enum([
          'webhook',
          'listWorkflows',
          'getWorkflow',
          'activate',
          'deactivate',
          'listExecutions',
          'getExecution',
        ])
        .default('webhook'),
      {
        label: text('Operation', 'Operação'),
        options: {
          webhook: text('Call a webhook', 'Chamar um webhook'),
          listWorkflows: text('List workflows', 'Listar workflows'),
          getWorkflow: text('Get a workflow', 'Obter um workflow'),
          activate: text('Activate a workflow', 'Ativar um workflow'),
          deactivate: text('Deactivate a workflow', 'Desativar um workflow'),
          listExecutions: text('List executions', 'Listar execuções'),
          getExecution: text('Get an execution', 'Obter uma execução'),
        },
      },
    ),
    url: field(dynamicText(z.string().max(8_000)).default(''), {
      label: text('Production URL of the webhook', 'URL de produção do webhook'),
      placeholder: 'https://n8n.example.com/webhook/orders',
      showWhen: webhook,
    }),
    method: field(z.enum(['POST', 'GET', 'PUT', 'PATCH', 'DELETE']).default('POST'), {
      label: text('Method', 'Método'),
      showWhen: webhook,
    }),
    bodyFrom: field(z.enum(['item', 'json']).default('item'), {
      label: text('Body', 'Corpo'),
      help: text('Not sent with GET.', 'Não é enviado com GET.'),
      options: { item: text('The item', 'O item'), json: text('JSON of your own', 'Um JSON próprio') },
      showWhen: webhook,
    }),
    body: field(dynamicJson().default('{}'), {
      label: text('JSON', 'JSON'),
      control: 'json',
      showWhen: { ...webhook, bodyFrom: ['json'] },
    }),
    authentication: field(z.enum(['none', 'credential']).default('none'), {
      label: text('Authentication of the webhook', 'Autenticação do webhook'),
      help: text(
        'As the Webhook node of n8n asks for it: basic, header or bearer.',
        'Como o nó Webhook do n8n pede: básica, cabeçalho ou bearer.',
      ),
      options: { none: text('None', 'Nenhuma'), credential: text('A credential', 'Uma credencial') },
      showWhen: webhook,
    }),
    credential: credentialField(),
    workflowId: field(dynamicText().default(''), {
      label: text('Id of the workflow', 'Id do workflow'),
      showWhen: { operation: [...ofWorkflow, 'listExecutions'] },
    }),
    executionId: field(dynamicText().default(''), {
      label: text('Id of the execution', 'Id da execução'),
      showWhen: { operation: ['getExecution'] },
    }),
    withData: field(z.boolean().default(false), {
      label: text('With its data', 'Com os dados'),
      showWhen: { operation: ['getExecution'] },
    }),
    active: field(z.enum(['any', 'active', 'inactive']).default('any'), {
      label: text('Which', 'Quais'),
      options: {
        any: text('All', 'Todos'),
        active: text('Active ones', 'Ativos'),
        inactive: text('Inactive ones', 'Inativos'),
      },
      showWhen: { operation: ['listWorkflows'] },
    }),
    status: field(z.enum(['any', 'success', 'error', 'waiting', 'running', 'canceled']).default('any'), {
      label: text('Status', 'Estado'),
      options: {
        any: text('Any', 'Qualquer'),
        success: text('Succeeded', 'Com sucesso'),
        error: text('Failed', 'Com erro'),
        waiting: text('Waiting', 'Esperando'),
        running: text('Running', 'Rodando'),
        canceled: text('Cancelled', 'Cancelada'),
      },
      showWhen: { operation: ['listExecutions'] },
    }),
    limit: field(dynamicNumber(z.int().min(1).max(5_000)).default(100), {
      label: text('At most', 'No máximo'),
      showWhen: { operation: ['listWorkflows', 'listExecutions'] },
    }),
    concurrency: field(z.int().min(1).max(50).default(5), {
      label: text('Requests at a time', 'Requisições ao mesmo tempo'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ operation, url, authentication, credential, workflowId, executionId }) => [
    ...(operation !== 'webhook' || authentication === 'credential' ? credentialMissing(credential) : []),
    ...(operation === 'webhook' && url === ''
      ? [{ path: ['url'], message: text('Give the URL of the webhook.', 'Informe a URL do webhook.') }]
      : []),
    ...(ofWorkflow.includes(operation) && workflowId === ''
      ? [{ path: ['workflowId'], message: text('Name the workflow.', 'Informe o workflow.') }]
      : []),
    ...(operation === 'getExecution' && executionId === ''
      ? [{ path: ['executionId'], message: text('Name the execution.', 'Informe a execução.') }]
      : []),
  ],
});
export type N8nParameters = z.output<typeof n8nNode.parameters>;
