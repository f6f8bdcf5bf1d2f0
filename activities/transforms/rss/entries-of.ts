/** The entries of a feed of any format, under one set of names. */
import type { AnyFeed } from 'feedsmith';

export interface FeedEntry {
  title?: string | undefined;
  link?: string | undefined;
  /** As the feed writes it. */
  date?: string | undefined;
  /** HTML. */
  content?: string | undefined;
  creator?: string | undefined;
  guid?: string | undefined;
  categories?: string[] | undefined;
  enclosure?: { url: string; type?: string | undefined; length?: number | undefined } | undefined;
}

export function entriesOf({ format, feed }: AnyFeed<string>): FeedEntry[] {
  switch (format) {
    case 'rss':
      return (feed.items ?? []).map((item) => ({
        title: item.title,
        link: item.link,
        date: item.pubDate ?? item.dc?.dates?.[0],
        content: item.content?.encoded ?? item.description,
        creator: item.dc?.creators?.[0] ?? item.authors?.[0]?.name ?? item.authors?.[0]?.email,
        guid: item.guid?.value,
        categories: names(item.categories?.map(({ name }) => name)),
        enclosure: enclosureOf(item.enclosures?.[0]),
      }));
    case 'atom':
      return (feed.entries ?? []).map((entry) => ({
        title: textOfConstruct(entry.title),
        link: (entry.links?.find(({ rel }) => rel === undefined || rel === 'alternate') ?? entry.links?.[0])
          ?.href,
        date: entry.published ?? entry.updated,
        content: textOfConstruct(entry.content) ?? textOfConstruct(entry.summary),
        creator: entry.authors?.[0]?.name,
        guid: entry.id,
        categories: names(entry.categories?.map(({ label, term }) => label ?? term)),
      }));
    case 'rdf':
      return (feed.items ?? []).map((item) => ({
        title: item.title,
        link: item.link,
        date: item.dc?.dates?.[0],
        content: item.content?.encoded ?? item.description,
        creator: item.dc?.creators?.[0],
        guid: item.link,
      }));
    case 'json':
      return (feed.items ?? []).map((item) => ({
        title: item.title,
        link: item.url ?? item.external_url,
        date: item.date_published ?? item.date_modified,
        content: item.content_html ?? item.content_text ?? item.summary,
        creator: item.authors?.[0]?.name,
        guid: item.id,
        categories: names(item.tags),
        enclosure: enclosureOf(jsonEnclosure(item.attachments?.[0])),
      }));
  }
}

function names(list: readonly (string | undefined)[] | undefined): string[] | undefined {
  const found = (list ?? []).filter((name) => name !== undefined && name !== '') as string[];
  return found.length === 0 ? undefined : found;
}

function enclosureOf(
  enclosure: { url?: string; type?: string; length?: number } | undefined,
): FeedEntry['enclosure'] {
  const { url, type, length } = enclosure ?? {};
  return url === undefined ? undefined : { url, type, length };
}

function jsonEnclosure(attachment: { url?: string; mime_type?: string; size_in_bytes?: number } | undefined) {
  if (!attachment?.url) return undefined;
  const { url, mime_type: type, size_in_bytes: length } = attachment;
  return { url, ...(type !== undefined && { type }), ...(length !== undefined && { length }) };
}

function textOfConstruct(text: string | { value?: string | undefined } | undefined): string | undefined {
  return typeof text === 'object' ? text.value : text;
}
