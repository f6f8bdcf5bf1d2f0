/** The automations on the pictures: small enough to read at a glance, different enough to show what there is. */
import type { GraphInput } from '../../contracts/graph.ts';

export interface Shown {
  name: string;
  description: string;
  draft: GraphInput;
}

/** @param shop address of the service that the automations call, without a slash at its end */
export function shownAutomations(shop: string): { orders: Shown; reminders: Shown; report: Shown } {
  return { orders: orders(shop), reminders: reminders(shop), report: report(shop) };
}

function orders(shop: string): Shown {
  return {
    name: 'Orders from the shop',
    description: 'Adds tax, reserves large orders at the warehouse and answers the shop.',
    draft: {
      nodes: [
        {
          id: 'hook',
          name: 'Order comes in',
          type: 'webhook-trigger',
          position: { x: 0, y: 96 },
          parameters: { method: 'POST', path: 'orders', answer: 'respondNode' },
        },
        {
          id: 'tax',
          name: 'Add tax',
          type: 'edit-fields',
          position: { x: 272, y: 96 },
          parameters: {
            assignments: [
              { name: 'customer', type: 'string', value: '={{ $json.body.customer }}' },
              { name: 'total', type: 'number', value: '={{ $json.body.amount * 1.2 }}' },
            ],
            keepOthers: false,
          },
        },
        {
          id: 'large',
          name: 'Over 100?',
          type: 'if',
          position: { x: 544, y: 96 },
          parameters: { conditions: [{ left: '={{ $json.total }}', operator: 'number.gt', right: '100' }] },
        },
        {
          id: 'reserve',
          name: 'Reserve stock',
          type: 'http-request',
          position: { x: 816, y: 0 },
          parameters: {
            method: 'POST',
            url: `${shop}/reservations`,
            bodyType: 'json',
            jsonBody: '={ "customer": {{ JSON.stringify($json.customer) }}, "total": {{ $json.total }} }',
          },
        },
        {
          id: 'reserved',
          name: 'Answer: reserved',
          type: 'respond',
          position: { x: 1088, y: 0 },
          parameters: { respondWith: 'firstItem', status: 201 },
        },
        {
          id: 'accepted',
          name: 'Answer: accepted',
          type: 'respond',
          position: { x: 816, y: 192 },
          parameters: { respondWith: 'json', body: '={ "accepted": true, "total": {{ $json.total }} }' },
        },
        {
          id: 'note',
          name: 'Note',
          type: 'note',
          position: { x: 0, y: 224 },
          parameters: {
            content:
              'The shop calls us for every order. Large ones are reserved at the warehouse before we answer.',
            width: 304,
            height: 96,
            color: 'yellow',
          },
        },
      ],
      edges: [
        { source: 'hook', target: 'tax' },
        { source: 'tax', target: 'large' },
        { source: 'large', sourcePort: 'true', target: 'reserve' },
        { source: 'reserve', target: 'reserved' },
        { source: 'large', sourcePort: 'false', target: 'accepted' },
      ],
    },
  };
}

function reminders(shop: string): Shown {
  return {
    name: 'Invoice reminders',
    description: 'Reminds every customer whose invoice is overdue, one after the other.',
    draft: {
      nodes: [
        { id: 'start', name: 'Start', type: 'manual-trigger', position: { x: 0, y: 96 } },
        {
          id: 'list',
          name: 'Overdue invoices',
          type: 'http-request',
          position: { x: 272, y: 96 },
          parameters: { url: `${shop}/invoices` },
        },
        { id: 'loop', name: 'One by one', type: 'loop', position: { x: 544, y: 96 } },
        {
          id: 'remind',
          name: 'Send reminder',
          type: 'http-request',
          position: { x: 816, y: 16 },
          parameters: {
            method: 'POST',
            url: `${shop}/reminders`,
            bodyType: 'json',
            jsonBody: '={ "invoice": {{ $json.number }} }',
          },
        },
        {
          id: 'summary',
          name: 'Count them',
          type: 'code',
          position: { x: 816, y: 176 },
          parameters: { code: 'return [{ json: { reminded: $input.all().length } }];' },
        },
      ],
      edges: [
        { source: 'start', target: 'list' },
        { source: 'list', target: 'loop' },
        { source: 'loop', sourcePort: 'loop', target: 'remind' },
        { source: 'remind', target: 'loop' },
        { source: 'loop', sourcePort: 'done', target: 'summary' },
      ],
    },
  };
}

function report(shop: string): Shown {
  return {
    name: 'Morning report',
    description: 'Every weekday at nine: waits for the night’s figures, then stores them.',
    draft: {
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
          name: 'Figures settle',
          type: 'wait',
          position: { x: 272, y: 96 },
          parameters: { amount: 2, unit: 'hours' },
        },
        {
          id: 'figures',
          name: 'Get figures',
          type: 'http-request',
          position: { x: 544, y: 96 },
          parameters: { url: `${shop}/figures` },
        },
        {
          id: 'stamp',
          name: 'Date them',
          type: 'edit-fields',
          position: { x: 816, y: 96 },
          parameters: { assignments: [{ name: 'day', type: 'string', value: '={{ $now.toISODate() }}' }] },
        },
      ],
      edges: [
        { source: 'clock', target: 'wait' },
        { source: 'wait', target: 'figures' },
        { source: 'figures', target: 'stamp' },
      ],
    },
  };
}

/** A form that anybody fills in, and people who decide: what fill-people.ts brings to a wait. */
export const refunds: Shown = {
  name: 'Refunds',
  description: 'A customer asks by a form, the team decides, other automations hear of it.',
  draft: {
    nodes: [
      {
        id: 'form',
        name: 'Refund is asked for',
        type: 'form-trigger',
        position: { x: 0, y: 96 },
        parameters: {
          path: 'refund',
          title: 'Ask for a refund',
          description: 'Tell us what went wrong. **We answer within a day.**',
          fields: [
            { label: 'Customer', required: true },
            { label: 'Amount in €', name: 'amount', type: 'number', required: true },
            { label: 'Reason', type: 'select', options: 'Damaged\nToo late\nOther', required: true },
            { label: 'What happened?', name: 'story', type: 'multiline' },
          ],
          button: 'Ask for it',
          thanks: 'We have your request and answer by mail.',
        },
      },
      {
        id: 'decide',
        name: 'Team decides',
        type: 'approval',
        position: { x: 272, y: 96 },
        parameters: {
          title: '=Refund {{ $json.amount }} € to {{ $json.customer }}?',
          text: '={{ $json.story }}',
          approvers: [
            { kind: 'role', who: 'owner' },
            { kind: 'email', who: 'books@example.com' },
          ],
          fields: [{ label: 'Pay by', type: 'select', options: 'Card\nBank transfer', required: true }],
          needed: 2,
          comment: 'onRejection',
          limitWait: true,
          limitAmount: 3,
        },
      },
      {
        id: 'paid',
        name: 'Refund approved',
        type: 'emit-event',
        position: { x: 544, y: 0 },
        parameters: { name: 'refund.approved' },
      },
      {
        id: 'refused',
        name: 'Refund refused',
        type: 'emit-event',
        position: { x: 544, y: 192 },
        parameters: { name: 'refund.refused' },
      },
    ],
    edges: [
      { source: 'form', target: 'decide' },
      { source: 'decide', sourcePort: 'approved', target: 'paid' },
      { source: 'decide', sourcePort: 'rejected', target: 'refused' },
    ],
  },
};
