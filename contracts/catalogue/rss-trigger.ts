import { z } from 'zod';
import { field } from '../field.ts';
import { defineNodeType } from '../node-type.ts';
import { none, oneMain } from '../ports.ts';
import { text } from '../text.ts';
import { askEvery } from './clock-fields.ts';

export const rssTrigger = defineNodeType({
  type: 'rss-trigger',
  version: 1,
  role: 'trigger',
  group: 'triggers',
  icon: 'Rss',
  label: text('Feed', 'Feed'),
  description: text(
    'Starts a run for new entries of an RSS, Atom, RDF or JSON feed.',
    'Inicia uma execução para novas entradas de um feed RSS, Atom, RDF ou JSON.',
  ),
  keywords: ['rss', 'atom', 'feed', 'news', 'blog', 'podcast', 'notícias'],
  parameters: z.object({
    ...askEvery,
    url: field(z.string({ error: 'A feed needs a URL.' }).min(1, 'A feed needs a URL.').max(8_000), {
      label: text('URL', 'URL'),
      placeholder: 'https://example.com/feed.xml',
      fixed: true,
    }),
  }),
  inputs: none,
  outputs: oneMain,
  listens: (_, node) => [{ kind: 'poll', key: node }],
});
