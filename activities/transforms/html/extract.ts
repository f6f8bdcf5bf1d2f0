/** Values of an HTML text by CSS selectors. */
import { type CheerioAPI, load } from 'cheerio';
import type { HtmlParameters } from '../../../contracts/catalogue/html.ts';
import { StepFailure } from '../../../contracts/effect.ts';
import type { JsonObject, JsonValue } from '../../../contracts/json.ts';
import { setPath } from '../../../engine/items/paths.ts';

type Extraction = HtmlParameters['values'][number];

/** More matches of one selector are a wrong selector, and more than a step can hand on. */
const mostMatches = 100_000;

/** @throws StepFailure `bad-selector`, `too-many-matches` */
export function extract(
  html: string,
  { values, tidyText }: Pick<HtmlParameters, 'values' | 'tidyText'>,
): JsonObject {
  const $ = load(html);
  const made: JsonObject = {};
  for (const extraction of values) setPath(made, extraction.name, extracted($, extraction, tidyText));
  return made;
}

function extracted($: CheerioAPI, extraction: Extraction, tidyText: boolean): JsonValue {
  const found = select($, extraction);
  const take = (element: (typeof found)[number]) => {
    const value = takeFrom($, element, extraction);
    return tidyText && extraction.take === 'text' && value !== null ? tidy(value) : value;
  };
  if (extraction.list) return found.map(take);
  return found[0] === undefined ? null : take(found[0]);
}

function select($: CheerioAPI, { name, selector }: Extraction) {
  try {
    const found = $(selector).toArray();
    if (found.length <= mostMatches) return found;
  } catch (error) {
    throw new StepFailure({
      code: 'bad-selector',
      message: `The selector of "${name}" is not valid CSS: ${(error as Error).message.slice(0, 200)}`,
      hint: "Copy one from the browser's developer tools (Copy selector), and shorten it.",
    });
  }
  throw new StepFailure({
    code: 'too-many-matches',
    message: `The selector of "${name}" matches more than ${mostMatches} elements.`,
    hint: 'Make it narrower.',
  });
}

function takeFrom(
  $: CheerioAPI,
  element: ReturnType<typeof select>[number],
  { take, attribute }: Extraction,
): string | null {
  const node = $(element);
  switch (take) {
    case 'text':
      return node.text();
    case 'html':
      return node.html();
    case 'attribute':
      return node.attr(attribute) ?? null;
    case 'value': {
      const value = node.val();
      return Array.isArray(value) ? value.join(', ') : (value ?? null);
    }
  }
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
