/** The HTML node. */
import type { HtmlParameters } from '../../../contracts/catalogue/html.ts';
import { textField, withField } from '../fields.ts';
import type { Transform } from '../transform.ts';
import { extract } from './extract.ts';
import { safeHtml } from './safe-html.ts';
import { tableOf } from './table.ts';
import { textOf } from './text-of.ts';

export const htmlTransform: Transform = {
  each: (json, given) => {
    const parameters = given as unknown as HtmlParameters;
    const html = textField(json, parameters.field);
    if (parameters.operation === 'extract') {
      const values = extract(html, parameters);
      return [parameters.keepOthers ? { ...json, ...values } : values];
    }
    const clean = parameters.cleanTo === 'text' ? textOf(html) : safeHtml(html);
    return [withField(json, parameters.output, clean, parameters.keepOthers)];
  },
  list: (items, given) => {
    const { columns, caption, output } = given as unknown as HtmlParameters;
    return [withField({}, output, tableOf(items, { columns, caption }), false)];
  },
};
