/** The addresses of other pages of the same host that a page links to. Runs in a thread: the page may be anything. */
import { load } from 'cheerio';

/** Of one page. */
const mostLinks = 300;
const longestAddress = 2_000;

export function linksOf(html: string, page: string): string[] {
  const $ = load(html);
  if (/nofollow/i.test($('meta[name="robots" i]').attr('content') ?? '')) return [];
  const base = resolve($('base[href]').attr('href') ?? '', page) ?? new URL(page);
  const { host } = new URL(page);
  const found = new Set<string>();
  for (const element of $('a[href]').toArray()) {
    if (found.size >= mostLinks) break;
    const link = $(element);
    if (/nofollow/i.test(link.attr('rel') ?? '')) continue;
    const url = resolve(link.attr('href') ?? '', base.href);
    if (!url || url.host !== host || !/^https?:$/.test(url.protocol) || url.username !== '') continue;
    url.hash = '';
    if (url.href.length <= longestAddress) found.add(url.href);
  }
  return [...found];
}

function resolve(address: string, base: string): URL | undefined {
  return URL.canParse(address, base) ? new URL(address, base) : undefined;
}
