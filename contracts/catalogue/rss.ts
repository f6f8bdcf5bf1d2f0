import { z } from 'zod';
import { dynamicNumber } from '../expression.ts';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { oneMain } from '../ports.ts';
import { text } from '../text.ts';

export const rssNode = defineNodeType({
  type: 'rss',
  version: 1,
  role: 'effect',
  group: 'actions',
  icon: 'Rss',
  label: text('RSS', 'RSS'),
  description: text(
    'Reads a feed (RSS, Atom or JSON Feed): an item for each entry.',
    'Lê um feed (RSS, Atom ou JSON Feed): um item para cada entrada.',
  ),
  keywords: ['feed', 'atom', 'news', 'blog', 'notícias'],
  parameters: z.object({
    url: field(z.string({ error: 'A feed needs a URL.' }).min(1, 'A feed needs a URL.').max(8_000), {
      label: text('URL', 'URL'),
      placeholder: 'https://example.com/feed.xml',
    }),
    limit: field(dynamicNumber(z.int().min(1).max(1_000)).default(100), {
      label: text('Entries at most', 'Entradas no máximo'),
      help: text('The first ones of the feed, as it has them.', 'As primeiras do feed, na ordem dele.'),
    }),
  }),
  inputs: oneMain,
  outputs: oneMain,
});
