/** The scope that this folder's tests share; not imported by the product. */
import {
  createBudget,
  createScope,
  type ExpressionError,
  type ExpressionScope,
  evaluateTemplate,
  type ScopeSource,
} from './index.ts';

export const ITEMS = [
  {
    json: { user: { name: 'Ann Lee', tags: ['a', 'b'] }, list: [3, 1, 2] },
    binary: { file: { mimeType: 'text/plain' } },
  },
  { json: { n: 2 } },
];

const fetched = {
  isExecuted: true,
  params: { url: 'https://example.com' },
  items: () => ITEMS,
  pairedItem: (index: number) => ITEMS[index],
};
const later = { isExecuted: false, params: {}, items: () => [], pairedItem: () => undefined };

export const SOURCE: ScopeSource = {
  items: ITEMS,
  runIndex: 4,
  now: Date.UTC(2024, 4, 6, 13, 4, 5, 6),
  zone: 'America/Sao_Paulo',
  random: () => 0.5,
  workflow: { id: 'a1', name: 'Orders', active: true },
  execution: { id: 'r1', mode: 'manual' },
  node: (name) => ({ Fetch: fetched, Later: later })[name as 'Fetch'],
  vars: { region: 'eu' },
  prevNode: { name: 'Fetch', outputIndex: 0, runIndex: 0 },
  parameters: { limit: 5 },
};

export function sampleScope(): ExpressionScope {
  return createScope(SOURCE);
}

/** Evaluates a template on the sample scope with a fresh budget. */
export function evaluate(template: string): unknown {
  return evaluateTemplate(template, sampleScope(), createBudget());
}

/** The error a template ends in; an Error of another kind when it ends well. */
export function failure(template: string): ExpressionError {
  try {
    const value = evaluate(template);
    throw new Error(`${template} gave ${JSON.stringify(value)} instead of an error`);
  } catch (error) {
    return error as ExpressionError;
  }
}
