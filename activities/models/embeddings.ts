/** The Embeddings node: some hundred texts in one call. */
import { embeddingsNode } from '../../contracts/catalogue/embeddings.ts';
import type { ItemOutcome } from '../../contracts/effect.ts';
import { setPath } from '../../engine/items/paths.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { modelAsker } from './ask-model.ts';
import { modelFailure } from './model-failure.ts';

export function createEmbeddingsEffect(settings: Pick<EffectSettings, 'models'>): Effect {
  return {
    async run(input, run) {
      const each = input.items.map((_, position) =>
        embeddingsNode.parameters.parse(input.each?.[position] ?? input.parameters),
      );
      const [first] = each;
      if (!first) return { items: [], outcomes: [] };
      const asker = modelAsker(first.model, input, run, settings);
      // An empty text has no vector, and some providers refuse the whole batch for it.
      const texts = each.map(({ text }) => String(text));
      const asked = texts.filter((text) => text.trim() !== '');
      const vectors = asked.length === 0 ? [] : await embed(asker, asked);
      let next = 0;
      const outcomes = input.items.map((item, position): ItemOutcome => {
        if (texts[position]!.trim() === '') return { failure: emptyText };
        const json = structuredClone(item.json);
        setPath(json, each[position]!.into, vectors[next++]!);
        return { items: [{ ...item, json }] };
      });
      return { items: [], outcomes };
    },
  };
}

const emptyText = {
  code: 'no-text',
  message: 'There is no text to make a vector of.',
  hint: 'Look at the preview of the field: an expression may have come out empty. A filter before this node leaves such items out.',
};

async function embed(
  { gateway, callFor }: ReturnType<typeof modelAsker>,
  texts: string[],
): Promise<number[][]> {
  try {
    return (await gateway.embed(callFor(texts), texts)).vectors;
  } catch (error) {
    throw modelFailure(error);
  }
}
