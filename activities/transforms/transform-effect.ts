/** Makes an effect of a node type's transform: the thread does the work. */
import type { Effect, EffectSettings } from '../effect.ts';

/** Whether a call is for a batch (`each`) or for all items (`list`), as `engine/nodes/effects.ts` has it. */
type ModeOf = (parameters: Record<string, unknown>) => 'each' | 'list';

export function createTransformEffect(
  type: string,
  { transforms }: Pick<EffectSettings, 'transforms'>,
  modeOf: ModeOf = () => 'each',
): Effect {
  return {
    async run({ context, parameters, items, each, goesOn = false }, { signal }) {
      const outcome = await transforms.run(
        context.workspace,
        {
          ...{ type, goesOn },
          mode: modeOf(parameters),
          items: items.map(({ json }) => json),
          parameters: each ?? [parameters],
        },
        signal,
      );
      if (outcome.kind === 'list') return { items: outcome.items.map((json) => ({ json })) };
      return { items: [], outcomes: outcome.kind === 'each' ? outcome.outcomes : [] };
    },
  };
}
