/** Reads the text of a feed. Entries get the names that n8n's builders know, whatever the format calls them. */
import { type AnyFeed, parseFeed } from 'feedsmith';
import { StepFailure } from '../../../contracts/effect.ts';
import type { JsonObject } from '../../../contracts/json.ts';
import { textOf } from '../html/text-of.ts';
import type { Transform } from '../transform.ts';
import { entriesOf, type FeedEntry } from './entries-of.ts';

/** Its one item is `{ feed: text }`. @throws StepFailure `not-a-feed`, `xml-entities` */
export const rssTransform: Transform = {
  list: ([item], { limit }) => {
    const feed = read(String(item?.feed ?? ''));
    return entriesOf(feed).slice(0, Number(limit)).map(itemOf);
  },
};

function read(text: string): AnyFeed<string> {
  if (/<!ENTITY/i.test(text))
    throw new StepFailure({
      code: 'xml-entities',
      message: 'The feed defines entities of its own, which are not read: they can grow without end.',
      hint: 'Feeds have no need of them: check the address.',
    });
  try {
    return parseFeed<string>(text);
  } catch {
    const looksLikePage = /^\s*<(!doctype html|html)/i.test(text);
    throw new StepFailure({
      code: 'not-a-feed',
      message: `The address answered with ${looksLikePage ? 'a web page' : 'something'} that is no feed.`,
      hint: 'Pages name their feed in <link rel="alternate">; common ones are /feed, /rss.xml and /atom.xml.',
    });
  }
}

function itemOf({ date, content, ...entry }: FeedEntry): JsonObject {
  const at = date === undefined ? Number.NaN : Date.parse(date);
  const made = {
    ...entry,
    pubDate: date,
    isoDate: Number.isNaN(at) ? undefined : new Date(at).toISOString(),
    content,
    contentSnippet: content === undefined ? undefined : textOf(content),
  };
  return JSON.parse(JSON.stringify(made)) as JsonObject;
}
