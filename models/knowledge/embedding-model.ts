import { type ChainEntry, parseModelChoice } from '../../contracts/models/chain.ts';
import type { Database } from '../../db/index.ts';
import { candidatesOf } from '../candidates.ts';
import { ModelError } from '../model-error.ts';

/**
 * The one model that a choice stands for when vectors are made: the first of a chain. The next one in it would give vectors of another
 * kind, which say nothing beside those of the first; so an index names its model, and nothing falls back.
 * @throws ModelError `no-model`
 */
export async function embeddingModelOf(db: Database, workspace: string, text: string): Promise<ChainEntry> {
  const choice = parseModelChoice(text);
  if (!choice) throw new ModelError({ kind: 'no-model', says: `"${text}" is no choice of a model.` });
  if (choice.kind === 'model') return choice.entry;
  const chain = choice.kind === 'chain' ? choice.chain : undefined;
  const setup = await db.inWorkspace(workspace, ({ models }) => models.setup(chain));
  return candidatesOf(setup, choice, 'embed')[0]!.entry;
}
