/** HTML as Markdown that is made to be searched: headings, lists, code and tables stay; addresses of links and pictures go. */
import { load } from 'cheerio';
import TurndownService from 'turndown';

/** What is around a page, not in it. */
const around =
  'script, style, noscript, template, svg, canvas, iframe, form, nav, aside, header:not(article header, main header), footer:not(article footer, main footer), [hidden], [aria-hidden="true"], [role="navigation"], [role="banner"], [role="contentinfo"], [role="search"]';
/** The first of these is what a page is about. */
const mains = ['main', '[role="main"]', 'article', 'body'];

export interface ReadPage {
  title?: string;
  markdown: string;
}

/** Of a whole page: the part that is about something. */
export function readPage(html: string): ReadPage {
  const $ = load(html);
  const title = $('title').first().text().replace(/\s+/g, ' ').trim();
  $(around).remove();
  const main = mains.map((selector) => $(selector)).find((found) => found.text().trim() !== '');
  const markdown =
    main === undefined
      ? ''
      : htmlToMarkdown(
          main
            .toArray()
            .map((node) => $.html(node))
            .join('\n'),
        );
  return { ...(title !== '' && { title }), markdown };
}

export function htmlToMarkdown(html: string): string {
  const turndown = new TurndownService({
    headingStyle: 'atx',
    codeBlockStyle: 'fenced',
    bulletListMarker: '-',
  });
  // Only what would be read as structure: `snake_case` has to be found as it is.
  turndown.escape = (text) => text.replace(/^(#{1,6}\s|```|~~~)/gm, '\\$1');
  turndown.remove(['script', 'style', 'noscript', 'img', 'video', 'audio', 'object', 'embed', 'iframe']);
  turndown.addRule('plain', { filter: ['a', 'em', 'i', 'strong', 'b'], replacement: (content) => content });
  turndown.addRule('cell', {
    filter: ['td', 'th'],
    replacement: (content) => ` ${content.replace(/\s*\n\s*/g, ' ').trim()} |`,
  });
  turndown.addRule('row', { filter: 'tr', replacement: (content) => `|${content}\n` });
  turndown.addRule('table', { filter: 'table', replacement: (content) => `\n\n${content.trim()}\n\n` });
  turndown.addRule('rows', { filter: ['tbody', 'thead', 'tfoot'], replacement: (content) => content });
  return turndown.turndown(html);
}
