import { expect, it } from '@jest/globals';
import { readFeed } from './read-feed.ts';

const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>News</title><link>https://e.com</link>
  <item><title>One &amp; only</title><link>https://e.com/1</link><guid>g1</guid><description>Short</description>
    <content:encoded><![CDATA[<p>Long</p>]]></content:encoded><dc:creator>Ana</dc:creator><category>a</category>
    <pubDate>Mon, 06 Sep 2021 00:01:00 +0000</pubDate></item>
  <item><title>No guid</title><link>https://e.com/2</link></item></channel></rss>`;
const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>x</id><updated>2020-01-01T00:00:00Z</updated>
  <entry><id>e1</id><title>B</title><link rel="alternate" href="https://e.com/b"/><updated>2020-01-01T00:00:00Z</updated>
  <summary>s</summary><author><name>Ana</name></author></entry></feed>`;
const json = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'J',
  items: [
    { id: 'j1', url: 'https://e.com/j', content_text: 'hello', date_published: '2020-02-01T00:00:00Z' },
  ],
});

it('reads every format into the same fields', () => {
  expect(readFeed(rss)).toEqual([
    {
      ...{ id: 'g1', title: 'One & only', link: 'https://e.com/1', summary: 'Short', content: '<p>Long</p>' },
      ...{ authors: ['Ana'], categories: ['a'], publishedAt: '2021-09-06T00:01:00.000Z' },
    },
    { id: 'https://e.com/2', title: 'No guid', link: 'https://e.com/2' },
  ]);
  expect(readFeed(atom)).toEqual([
    {
      ...{ id: 'e1', title: 'B', link: 'https://e.com/b', summary: 's', authors: ['Ana'] },
      publishedAt: '2020-01-01T00:00:00.000Z',
    },
  ]);
  expect(readFeed(json)).toEqual([
    { id: 'j1', link: 'https://e.com/j', content: 'hello', publishedAt: '2020-02-01T00:00:00.000Z' },
  ]);
});

it.each(['', 'hello', '<html><body>No</body></html>', '{"items": 1}'])(
  'says of %j that it is none',
  (text) => {
    expect(readFeed(text)).toBeUndefined();
  },
);
