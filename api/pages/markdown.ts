/**
 * Markdown of builders as HTML for pages that strangers see. Expressions put anybody's words into it, so raw HTML stays text, links
 * lead to http(s) and mail only, and no image is loaded.
 */
import { Marked } from 'marked';
import { escapeHtml, Html } from './html.ts';

const marked = new Marked({ gfm: true, breaks: true, async: false }).use({
  renderer: {
    html: ({ text }) => escapeHtml(text),
    image: ({ text }) => escapeHtml(text),
    link({ href, tokens }) {
      const label = this.parser.parseInline(tokens);
      if (!/^(https?:\/\/|mailto:)/i.test(href)) return label;
      return `<a href="${escapeHtml(href)}" rel="noopener noreferrer nofollow" target="_blank">${label}</a>`;
    },
  },
});

export function markdown(text: string): Html {
  return new Html(marked.parse(text) as string);
}
