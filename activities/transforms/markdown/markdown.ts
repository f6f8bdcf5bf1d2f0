/** The Markdown node: GitHub's flavour in both directions. */
import { marked } from 'marked';
import TurndownService from 'turndown';
import type { MarkdownParameters } from '../../../contracts/catalogue/markdown.ts';
import { withField } from '../fields.ts';
import { safeHtml } from '../html/safe-html.ts';
import type { Transform } from '../transform.ts';

export const markdownTransform: Transform = {
  each: (json, given) => {
    const parameters = given as unknown as MarkdownParameters;
    const { mode, output, keepOthers } = parameters;
    const made = mode === 'markdownToHtml' ? toHtml(parameters) : toMarkdown(parameters.html);
    return [withField(json, output, made, keepOthers)];
  },
};

function toHtml({ markdown, sanitize }: MarkdownParameters): string {
  const html = marked.parse(markdown, { gfm: true, async: false }).trim();
  return sanitize ? safeHtml(html) : html;
}

function toMarkdown(html: string): string {
  const turndown = new TurndownService({
    headingStyle: 'atx',
    codeBlockStyle: 'fenced',
    bulletListMarker: '-',
    hr: '---',
  });
  turndown.remove(['script', 'style', 'noscript']);
  turndown.addRule('strikethrough', { filter: ['del', 's'], replacement: (content) => `~~${content}~~` });
  return turndown.turndown(html);
}
