/** The RSS node: fetches a feed and makes an item of each entry. */
import { rssNode } from '../../contracts/catalogue/rss.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { fetchFeed } from './fetch-feed.ts';

export function createRssEffect({ guard, transforms }: Pick<EffectSettings, 'guard' | 'transforms'>): Effect {
  return {
    takesSecretVariables: true,
    async run(input, { signal }) {
      const { url, limit } = rssNode.parameters.parse(input.parameters);
      const feed = await fetchFeed(url, { guard, signal, timeoutMs: input.timeoutMs });
      const outcome = await transforms.run(
        input.context.workspace,
        { type: rssNode.type, mode: 'list', items: [{ feed }], parameters: [{ limit }], goesOn: false },
        signal,
      );
      return { items: outcome.kind === 'list' ? outcome.items.map((json) => ({ json })) : [] };
    },
  };
}
