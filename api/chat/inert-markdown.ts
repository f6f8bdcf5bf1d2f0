/**
 * Markdown that somebody may open anywhere: a viewer that fetched its pictures would tell their hosts what the model wrote into the
 * addresses, and one that shows HTML would run it. Pictures become links, HTML becomes text; code stays as it is written.
 */
import { lexer, type Token } from 'marked';

export function inertMarkdown(text: string): string {
  return lexer(text, { gfm: true }).map(inert).join('');
}

function inert(token: Token): string {
  if (token.type === 'code') return closed(token.raw);
  if (token.type === 'codespan') return token.raw;
  const parts = 'tokens' in token ? (token.tokens ?? []) : [];
  // A paragraph is what its parts are. What a list or a quote holds has lost its indents: it is taken as a whole, code and all.
  const isWhole = parts.length > 0 && parts.map(({ raw }) => raw).join('') === token.raw.trimEnd();
  if (!isWhole) return escaped(token.raw);
  return parts.map(inert).join('') + token.raw.slice(token.raw.trimEnd().length);
}

/** All that begins a picture or an element, wherever the address of the picture stands. */
function escaped(raw: string): string {
  return raw.replaceAll('![', '\\![').replace(/<(?=[a-z/!?])(?!https?:\/\/)/gi, '\\<');
}

/** A block of code that nobody ended would end with the next one, and turn that one into text. */
function closed(raw: string): string {
  const [, fence] = /^ {0,3}(`{3,}|~{3,})/.exec(raw) ?? [];
  if (fence === undefined) return raw;
  const last = raw.trimEnd().split('\n').at(-1) ?? '';
  const isClosed = raw.includes('\n') && last.trim().startsWith(fence) && /^[`~\s]*$/.test(last);
  return isClosed ? raw : `${raw.replace(/\n?$/, '\n')}${fence}\n`;
}
