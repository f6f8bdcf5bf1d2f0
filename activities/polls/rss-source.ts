/** The trigger "Feed": entries of a feed, the oldest first. */
import { StepFailure } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { Effect } from '../effect.ts';
import { askHttp } from './ask-http.ts';
import type { PollSource } from './poll-source.ts';

const notModified = 304;

export function createRssSource(http: Effect): PollSource {
  return {
    sourceOf: ({ parameters }) => String(parameters.url),

    async ask({ parameters }, context) {
      const headers = markHeaders(context.mark as JsonObject | undefined);
      const answer = await askHttp(http, { url: String(parameters.url), headers }, context);
      if (answer.status === notModified) return { entries: [], mark: context.mark };
      const { readFeed } = await import('../feeds/read-feed.ts'); // a library of 15 MB, for those who read feeds
      const feed = readFeed(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
      if (!feed) throw noFeed();
      const { etag, 'last-modified': lastModified } = answer.headers;
      return {
        entries: feed
          .toSorted(byAge)
          .map((entry) => ({ id: entry.id, item: { json: { ...entry } as JsonObject } })),
        mark: { ...(etag && { etag }), ...(lastModified && { lastModified }) },
      };
    },
  };
}

function markHeaders(mark: JsonObject | undefined): { name: string; value: string }[] {
  return [
    {
      name: 'accept',
      value:
        'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
    },
    ...(mark?.etag ? [{ name: 'if-none-match', value: String(mark.etag) }] : []),
    ...(mark?.lastModified ? [{ name: 'if-modified-since', value: String(mark.lastModified) }] : []),
  ];
}

/** Those without a date stay where they are. */
function byAge(one: { publishedAt?: string }, other: { publishedAt?: string }): number {
  if (!one.publishedAt || !other.publishedAt) return 0;
  return Date.parse(one.publishedAt) - Date.parse(other.publishedAt);
}

function noFeed(): StepFailure {
  return new StepFailure({
    code: 'no-feed',
    message: 'What the address answers is no feed.',
    hint: 'Look for the RSS or Atom address of the site; its pages often name it in their head.',
  });
}
