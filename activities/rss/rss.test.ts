/** The RSS node: feeds of each format from a real server. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rssNode } from '../../contracts/catalogue/rss.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { failureOf, startServer, type TestServer } from '../testing.ts';
import { createTestWorkspace, type TestWorkspace } from '../testing-workspace.ts';

const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News</title>
  <item><title>One &amp; all</title><link>https://a.example/1</link><guid>g1</guid><pubDate>Sat, 31 Jan 2026 10:00:00 GMT</pubDate>
  <dc:creator>Ana</dc:creator><description><![CDATA[<p>Hi <b>you</b></p>]]></description><category>x</category>
  <enclosure url="https://a.example/1.mp3" length="5" type="audio/mpeg"/></item><item><title>Two</title></item></channel></rss>`;
const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>One</title><id>urn:1</id>
  <link rel="alternate" href="https://a.example/1"/><updated>2026-01-31T10:00:00Z</updated><author><name>Zé</name></author>
  <content type="html">&lt;i&gt;Hi&lt;/i&gt;</content></entry></feed>`;
const json = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'J',
  items: [
    {
      id: '1',
      url: 'https://a.example/1',
      title: 'One',
      content_text: 'Hi',
      date_published: '2026-01-31T10:00:00Z',
    },
  ],
});
const latin = Buffer.from(
  '<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel><title>N</title><item><title>Olá</title></item></channel></rss>',
  'latin1',
);
const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${rss.slice(21)}`;
const bodies: Record<string, string | Buffer> = {
  rss,
  atom,
  json,
  latin,
  bomb,
  page: '<!doctype html><html></html>',
  text: 'x',
};

describe('the RSS node', () => {
  let workspace: TestWorkspace;
  let server: TestServer;

  beforeAll(async () => {
    workspace = await createTestWorkspace();
    server = await startServer((request, response) => {
      const body = bodies[(request.url ?? '/').slice(1)];
      if (request.url === '/huge') return void response.end('x'.repeat(11_000_000));
      if (body === undefined) response.writeHead(request.url === '/down' ? 503 : 404);
      response.end(body);
    });
  }, 60_000);
  afterAll(async () => {
    await workspace.close();
    await server.close();
  });

  const read = async (path: string, more: JsonObject = {}) => {
    const parameters = rssNode.parameters.parse({ url: `${server.origin}/${path}`, ...more }) as JsonObject;
    const { items } = await workspace.call('rss', parameters);
    return items.map(({ json: entry }) => entry);
  };

  it('reads RSS', async () => {
    expect(await read('rss')).toEqual([
      {
        ...{ title: 'One & all', link: 'https://a.example/1', guid: 'g1', creator: 'Ana', categories: ['x'] },
        ...{ pubDate: 'Sat, 31 Jan 2026 10:00:00 GMT', isoDate: '2026-01-31T10:00:00.000Z' },
        ...{ content: '<p>Hi <b>you</b></p>', contentSnippet: 'Hi you' },
        enclosure: { url: 'https://a.example/1.mp3', length: 5, type: 'audio/mpeg' },
      },
      { title: 'Two' },
    ]);
    expect(await read('rss', { limit: 1 })).toHaveLength(1);
  });

  it.each(['atom', 'json'])('reads %s under the same names', async (format) => {
    expect(await read(format)).toMatchObject([
      {
        title: 'One',
        link: 'https://a.example/1',
        isoDate: '2026-01-31T10:00:00.000Z',
        contentSnippet: 'Hi',
      },
    ]);
  });

  it('reads the encoding that the feed declares', async () => {
    expect(await read('latin')).toEqual([{ title: 'Olá' }]);
  });

  it.each([
    ['page', 'not-a-feed', true],
    ['text', 'not-a-feed', true],
    ['bomb', 'xml-entities', true],
    ['gone', 'http-404', true],
    ['down', 'http-503', false],
    ['huge', 'response-too-large', true],
  ])('says why %s is none', async (path, code, forGood) => {
    const { failure, error } = await failureOf(read(path));
    expect([failure.code, error.nonRetryable]).toEqual([code, forGood]);
    expect(failure.hint).toBeTruthy();
  });

  it('goes to no private address that is not allowed', async () => {
    expect((await failureOf(read('', { url: 'http://169.254.169.254/feed' }))).failure.code).toBe(
      'address-blocked',
    );
  });
});
