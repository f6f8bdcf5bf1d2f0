/** The second line of a node: what it is set to do, in a few words. */
import { findNodeType } from '../../../contracts/catalogue/index.ts';
import type { GraphNode } from '../../../contracts/graph.ts';
import type { Language } from '../../../contracts/text.ts';
import { canvasText } from '../i18n/canvas.ts';
import type { CountedText } from '../i18n/counted.ts';
import { translate } from '../i18n/language.ts';
import { cronWords } from '../lib/calendar-words.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value.replace(/^=/, '') : '');

const summaries: Record<string, (parameters: GraphNode['parameters'], language: Language) => string> = {
  'webhook-trigger': ({ method, path }) => (path ? `${text(method) || 'POST'} /${text(path)}` : ''),
  'schedule-trigger': ({ mode, cron, every, unit }, language) =>
    mode === 'cron'
      ? (cronWords(text(cron), language) ?? text(cron))
      : every === undefined
        ? ''
        : `${every} ${text(unit) || 'minutes'}`,
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
  if: ({ conditions }, language) => counts(conditions, language, canvasText.conditions),
  switch: ({ cases }, language) => counts(cases, language, canvasText.cases),
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

/** Nothing to count, nothing to say. */
function counts(list: unknown, language: Language, words: CountedText): string {
  const count = Array.isArray(list) ? list.length : 0;
  return count === 0 ? '' : translate(language, words, { count });
}
