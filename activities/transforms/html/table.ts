/** An HTML table of items: a column for each field, a row for each item. */
import type { JsonObject, JsonValue } from '../../../contracts/json.ts';
import { getPath } from '../../../engine/items/paths.ts';
import { columnsOf } from '../columns-of.ts';

export function tableOf(
  items: readonly JsonObject[],
  { columns, caption }: { columns: string; caption: string },
): string {
  const names = columnsOf(items, columns);
  const row = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return [
    '<table>',
    ...(caption === '' ? [] : [`<caption>${escaped(caption)}</caption>`]),
    `<thead>${row('th', names.map(escaped))}</thead>`,
    '<tbody>',
    ...items.map((json) =>
      row(
        'td',
        names.map((name) => escaped(textOf(getPath(json, name)))),
      ),
    ),
    '</tbody>',
    '</table>',
  ].join('\n');
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
