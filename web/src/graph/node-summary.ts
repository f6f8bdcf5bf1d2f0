/** The second line of a node: what it is set to do, in a few words. */
import { findNodeType } from '../../../contracts/catalogue/index.ts';
import type { GraphNode } from '../../../contracts/graph.ts';
import type { Language } from '../../../contracts/text.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value.replace(/^=/, '') : '');
const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

const summaries: Record<string, (parameters: GraphNode['parameters'], language: Language) => string> = {
  'webhook-trigger': ({ method, path }) => (path ? `${text(method) || 'POST'} /${text(path)}` : ''),
  'schedule-trigger': ({ mode, cron, every, unit }) =>
    mode === 'cron' ? text(cron) : every === undefined ? '' : `${every} ${text(unit) || 'minutes'}`,
  'http-request': ({ method, url }) => (url ? `${text(method) || 'GET'} ${text(url)}` : ''),
  'edit-fields': ({ assignments }) =>
    Array.isArray(assignments)
      ? assignments
          .flatMap((entry) =>
            entry && typeof entry === 'object' && 'name' in entry ? [text(entry.name)] : [],
          )
          .filter(Boolean)
          .join(', ')
      : '',
  if: ({ conditions }, language) =>
    counted(lengthOf(conditions), language, ['condition', 'conditions'], ['condição', 'condições']),
  switch: ({ cases }, language) => counted(lengthOf(cases), language, ['case', 'cases'], ['caso', 'casos']),
  wait: ({ mode, amount, unit, until }) =>
    mode === 'until'
      ? text(until)
      : amount === undefined
        ? ''
        : `${text(amount) || amount} ${text(unit) || 'minutes'}`,
};

export function nodeSummary(node: GraphNode, language: Language): string {
  const label = findNodeType(node.type)?.label[language] ?? node.type;
  const summary = summaries[node.type]?.(node.parameters, language);
  if (summary) return summary;
  return label === node.name ? '' : label;
}

type Forms = readonly [one: string, many: string];

function counted(count: number, language: Language, en: Forms, pt: Forms): string {
  if (count === 0) return '';
  const forms = language === 'pt' ? pt : en;
  return `${count} ${count === 1 ? forms[0] : forms[1]}`;
}
