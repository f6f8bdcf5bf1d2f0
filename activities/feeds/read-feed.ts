/** RSS, Atom, RDF and JSON feeds, as one kind of entry. */
import { parseFeed } from 'feedsmith';

export interface FeedEntry {
  /** What the feed says makes it one of its kind; else its link, else its title. */
  id: string;
  title?: string;
  link?: string;
  /** HTML or text, as the feed has it. */
  summary?: string;
  content?: string;
  authors?: string[];
  categories?: string[];
  /** UTC, ISO 8601; as the feed writes it where that is no date. */
  publishedAt?: string;
}

/** Undefined for what is no feed. */
export function readFeed(text: string): FeedEntry[] | undefined {
  try {
    const { feed } = parseFeed(text) as unknown as { feed: Loose };
    return [...listOf(feed.items), ...listOf(feed.entries)].map(toEntry);
  } catch {
    return undefined;
  }
}

/** The formats agree on little: fields are looked for under all their names. */
type Loose = Record<string, unknown>;

function toEntry(raw: Loose): FeedEntry {
  const title = textOf(raw.title);
  const link = textOf(raw.link) ?? textOf(raw.url) ?? linkOf(raw.links);
  const id = textOf(raw.guid) ?? textOf(raw.id) ?? link ?? title ?? JSON.stringify(raw);
  const dc = (raw.dc ?? {}) as Loose;
  const encoded = ((raw.content ?? {}) as Loose).encoded;
  const fields = {
    title,
    link,
    summary: textOf(raw.description) ?? textOf(raw.summary),
    content: textOf(encoded) ?? textOf(raw.content) ?? textOf(raw.content_html) ?? textOf(raw.content_text),
    publishedAt: momentOf(
      textOf(raw.pubDate) ??
        textOf(raw.published) ??
        textOf(raw.date_published) ??
        textOf(raw.updated) ??
        textOf(listOf(dc.dates)[0] ?? dc.date),
    ),
    authors: textsOf([...listOf(raw.authors), ...listOf(dc.creators)]),
    categories: textsOf([...listOf(raw.categories), ...listOf(raw.tags)]),
  };
  return { id, ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) };
}

function listOf(value: unknown): Loose[] {
  return Array.isArray(value) ? value : [];
}

/** A text, or an object that holds one: `{ value }`, `{ name }`, `{ term }`. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return undefined;
  const { value: inner, name, term, label, href } = value as Loose;
  return [inner, name, term, label, href].map(textOf).find((text) => text !== undefined);
}

function textsOf(values: readonly unknown[]): string[] | undefined {
  const texts = values.flatMap((value) => textOf(value) ?? []);
  return texts.length > 0 ? texts : undefined;
}

function linkOf(links: unknown): string | undefined {
  const all = listOf(links);
  const own = all.find(({ rel }) => rel === undefined || rel === 'alternate') ?? all[0];
  return textOf(own?.href);
}

function momentOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString();
}
