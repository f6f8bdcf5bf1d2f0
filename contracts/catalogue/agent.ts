import { z } from 'zod';
import { dynamicText } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const agentNode = defineNodeType({
  type: 'agent',
  version: 1,
  role: 'control',
  group: 'ai',
  icon: 'Robot',
  label: text('Ask an agent', 'Pedir a um agente'),
  description: text(
    'Gives an agent of the workspace a task, once per item, and waits for what comes of it: for minutes or for weeks.',
    'Dá uma tarefa a um agente do workspace, uma vez por item, e espera o resultado: por minutos ou por semanas.',
  ),
  keywords: ['ai', 'agent', 'llm', 'assistant', 'tools', 'ia', 'agente', 'assistente', 'ferramentas'],
  parameters: z.object({
    agent: field(z.string({ error: 'Choose an agent.' }).min(1, 'Choose an agent.').max(64), {
      label: text('Agent', 'Agente'),
      help: text(
        'What is published of it when its run begins, with its own instructions, tools and limits.',
        'O que está publicado dele quando a execução começa, com suas instruções, ferramentas e limites.',
      ),
      control: 'agent',
      fixed: true,
    }),
    message: field(dynamicText().default(''), {
      label: text('Task', 'Tarefa'),
      help: text(
        'All that it needs to know: it sees nothing else of this run.',
        'Tudo o que ele precisa saber: ele não vê mais nada desta execução.',
      ),
      control: 'multiline',
      placeholder: '=Find out what is wrong with order {{ $json.id }}.',
    }),
    concurrency: field(z.int().min(1).max(50).default(5), {
      label: text('At a time', 'Ao mesmo tempo'),
      help: text('Runs of the agent that work at once.', 'Execuções do agente que trabalham ao mesmo tempo.'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
  check: ({ message }) =>
    message === '' ? [{ path: ['message'], message: text('Write the task.', 'Escreva a tarefa.') }] : [],
});
export type AgentNodeParameters = z.output<typeof agentNode.parameters>;
