/** Automations to start from: small, complete, and runnable without any account elsewhere. */
import type { GraphInput } from '../../../../contracts/graph.ts';
import { type Text, text } from '../../../../contracts/text.ts';

export interface Example {
  id: string;
  name: Text;
  description: Text;
  icon: string;
  graph: GraphInput;
}

/** What “blank” begins with: something to press Run on. */
export const blankGraph: GraphInput = {
  nodes: [{ id: 'start', name: 'Start', type: 'manual-trigger', position: { x: 0, y: 0 } }],
};

export const examples: readonly Example[] = [
  {
    id: 'webhook-answer',
    name: text('Webhook that answers', 'Webhook que responde'),
    description: text(
      'Adds tax to an order’s amount and answers the caller by size.',
      'Soma o imposto ao valor do pedido e responde a quem chamou conforme o tamanho.',
    ),
    icon: 'webhook-trigger',
    graph: {
      nodes: [
        {
          id: 'hook',
          name: 'Order comes in',
          type: 'webhook-trigger',
          position: { x: 0, y: 96 },
          parameters: { method: 'POST', path: 'example-orders', answer: 'respondNode' },
        },
        {
          id: 'total',
          name: 'Add tax',
          type: 'edit-fields',
          position: { x: 304, y: 96 },
          parameters: {
            assignments: [{ name: 'total', type: 'number', value: '={{ $json.body.amount * 1.2 }}' }],
          },
        },
        {
          id: 'large',
          name: 'Large order?',
          type: 'if',
          position: { x: 608, y: 96 },
          parameters: { conditions: [{ left: '={{ $json.total }}', operator: 'number.gt', right: '100' }] },
        },
        {
          id: 'answer-large',
          name: 'Answer large',
          type: 'respond',
          position: { x: 912, y: 32 },
          parameters: { respondWith: 'json', body: '={ "size": "large", "total": {{ $json.total }} }' },
        },
        {
          id: 'answer-small',
          name: 'Answer small',
          type: 'respond',
          position: { x: 912, y: 160 },
          parameters: { respondWith: 'json', body: '={ "size": "small", "total": {{ $json.total }} }' },
        },
      ],
      edges: [
        { source: 'hook', target: 'total' },
        { source: 'total', target: 'large' },
        { source: 'large', sourcePort: 'true', target: 'answer-large' },
        { source: 'large', sourcePort: 'false', target: 'answer-small' },
      ],
      pinnedData: { hook: [{ json: { body: { amount: 120, customer: 'Ana' }, headers: {}, query: {} } }] },
    },
  },
  {
    id: 'loop',
    name: text('Loop over a list', 'Repetir sobre uma lista'),
    description: text(
      'Makes five items in code and takes them one by one through a body.',
      'Cria cinco itens em código e os passa um a um por um corpo.',
    ),
    icon: 'loop',
    graph: {
      nodes: [
        { id: 'start', name: 'Start', type: 'manual-trigger', position: { x: 0, y: 96 } },
        {
          id: 'list',
          name: 'Make a list',
          type: 'code',
          position: { x: 304, y: 96 },
          parameters: { code: 'return [1, 2, 3, 4, 5].map((number) => ({ json: { number } }));' },
        },
        { id: 'loop', name: 'One by one', type: 'loop', position: { x: 608, y: 96 } },
        {
          id: 'square',
          name: 'Square it',
          type: 'edit-fields',
          position: { x: 912, y: 16 },
          parameters: {
            assignments: [{ name: 'square', type: 'number', value: '={{ $json.number ** 2 }}' }],
          },
        },
        { id: 'done', name: 'All done', type: 'no-op', position: { x: 912, y: 176 } },
      ],
      edges: [
        { source: 'start', target: 'list' },
        { source: 'list', target: 'loop' },
        { source: 'loop', sourcePort: 'loop', target: 'square' },
        { source: 'square', target: 'loop' },
        { source: 'loop', sourcePort: 'done', target: 'done' },
      ],
    },
  },
  {
    id: 'schedule-wait',
    name: text('Scheduled, with a wait', 'Agendada, com espera'),
    description: text(
      'Every weekday at nine: waits a moment, then goes on. The wait survives any restart.',
      'Todo dia útil às nove: espera um pouco e segue. A espera sobrevive a qualquer reinício.',
    ),
    icon: 'schedule-trigger',
    graph: {
      nodes: [
        {
          id: 'clock',
          name: 'Weekdays at nine',
          type: 'schedule-trigger',
          position: { x: 0, y: 96 },
          parameters: { mode: 'cron', cron: '0 9 * * 1-5' },
        },
        {
          id: 'wait',
          name: 'Wait a moment',
          type: 'wait',
          position: { x: 304, y: 96 },
          parameters: { amount: 10, unit: 'seconds' },
        },
        {
          id: 'stamp',
          name: 'Stamp',
          type: 'edit-fields',
          position: { x: 608, y: 96 },
          parameters: { assignments: [{ name: 'finishedAt', type: 'string', value: '={{ $now.toISO() }}' }] },
        },
      ],
      edges: [
        { source: 'clock', target: 'wait' },
        { source: 'wait', target: 'stamp' },
      ],
    },
  },
];
