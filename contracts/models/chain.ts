/** A chain: models in the order in which they are tried. The next one answers when the one before it can't, and has not begun to. */
import { z } from 'zod';

export const chainEntry = z.object({
  /** Id of a provider of the workspace, or `sandbox`. */
  provider: z.string().min(1).max(64),
  model: z.string().trim().min(1).max(200),
});
export type ChainEntry = z.output<typeof chainEntry>;

export const chainEntries = z.array(chainEntry).min(1).max(10);

/** What a node or agent may name: nothing (the workspace's default), a chain, or one model. */
export type ModelChoice =
  | { kind: 'default' }
  | { kind: 'chain'; chain: string }
  | { kind: 'model'; entry: ChainEntry };

/** As parameters hold it: ``, `chain:<id>`, `model:<provider>:<name of the model>`. @returns undefined for any other text */
export function parseModelChoice(value: string): ModelChoice | undefined {
  if (value === '') return { kind: 'default' };
  const [, kind, rest = ''] = /^(chain|model):(.+)$/s.exec(value) ?? [];
  if (kind === 'chain') return { kind, chain: rest };
  const [, provider, model] = /^([^:]+):(.+)$/s.exec(rest) ?? [];
  if (kind !== 'model' || !provider || !model) return undefined;
  return { kind, entry: { provider, model } };
}

export function modelChoiceText(choice: ModelChoice): string {
  if (choice.kind === 'default') return '';
  if (choice.kind === 'chain') return `chain:${choice.chain}`;
  return `model:${choice.entry.provider}:${choice.entry.model}`;
}
