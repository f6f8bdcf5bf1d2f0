/**
 * Markdown of builders as HTML for pages that strangers see. Expressions put anybody's words into it, and models ask people in it: raw
 * HTML stays text, links lead to http(s) and mail only and say where to, and no image is loaded.
 */
import { Marked, type Token } from 'marked';
import { linkTargetOf } from '../../contracts/links/link-target.ts';
import { safeAddress } from '../../contracts/links/safe-address.ts';
import { escapeHtml, Html } from './html.ts';

const marked = new Marked({ gfm: true, breaks: true, async: false }).use({
  renderer: {
    html: ({ text }) => escapeHtml(text),
    image: ({ text }) => escapeHtml(text),
    link({ href: written, tokens }) {
      const label = this.parser.parseInline(tokens);
      const href = safeAddress(written);
      if (href === '') return label;
      const { place, kind } = linkTargetOf(href, tokens.map(wordsOf).join(''));
      const open = `<a href="${escapeHtml(href)}" rel="noopener noreferrer nofollow" target="_blank">`;
      const shown = escapeHtml(place);
      // Words that look like another address are no link: what it leads to is.
      if (kind === 'disguised') return `${label} → ${open}${shown}</a>`;
      return kind === 'named' ? `${open}${label}</a> <small>(${shown})</small>` : `${open}${label}</a>`;
    },
  },
});

export function markdown(text: string): Html {
  return new Html(marked.parse(text) as string);
}

/** What is read of a token. */
function wordsOf(token: Token): string {
  if ('tokens' in token && token.tokens) return token.tokens.map(wordsOf).join('');
  return 'text' in token ? String(token.text) : '';
}
