/** The Delete from knowledge node. */
import { knowledgeDeleteNode } from '../../contracts/catalogue/knowledge-delete.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { documentIdOf } from './document-id.ts';
import { emptyField, noKnowledgeHere } from './knowledge-failures.ts';

export function createKnowledgeDeleteEffect({ db, store }: Pick<EffectSettings, 'db' | 'store'>): Effect {
  return {
    async run({ parameters, context: { workspace } }) {
      const { base, by, value } = knowledgeDeleteNode.parameters.parse(parameters);
      if (!db || !store) throw noKnowledgeHere();
      const named = String(value).trim();
      if (named === '') throw emptyField('Key or id');
      const id = by === 'key' ? documentIdOf(base, `key ${named}`) : named;
      const removed = await db.atOnce(workspace, async ({ knowledge: { documents } }) => {
        // A node that may change this base changes no other by naming an id of it.
        if ((await documents.get(id))?.base !== base) return undefined;
        return documents.remove(id);
      });
      if (removed?.object) await store.delete(removed.object);
      return { items: [{ json: { document: id, deleted: removed !== undefined } }] };
    },
  };
}
