/** The Search knowledge node: what agents and the console find by the same question. */
import {
  type KnowledgeSearchParameters,
  knowledgeSearchNode,
} from '../../contracts/catalogue/knowledge-search.ts';
import { StepFailure } from '../../contracts/effect.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { type KnowledgeQuery, knowledgeQuery } from '../../contracts/knowledge/search.ts';
import { contentHash } from '../../db/index.ts';
import { NoSuchBase } from '../../models/index.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { jsonParameter } from '../json-parameter.ts';
import { modelFailure } from '../models/model-failure.ts';
import { noKnowledgeHere, noSuchBase } from './knowledge-failures.ts';

export function createKnowledgeSearchEffect({ knowledge }: Pick<EffectSettings, 'knowledge'>): Effect {
  return {
    async run({ parameters: given, context }, { signal }) {
      const parameters = knowledgeSearchNode.parameters.parse(given);
      if (!knowledge) throw noKnowledgeHere();
      const query = queryOf(parameters);
      const { workspace, automation, run, node, idempotencyKey } = context;
      try {
        const { passages, notes } = await knowledge({
          ...{ workspace, bases: [parameters.base], ...query, signal },
          // The question is part of the key: a step that is taken up with another one has the same key of its run.
          key: `${idempotencyKey}:${contentHash({ query: query.query }).slice(0, 16)}`,
          owner: { automation, run, node },
        });
        const found = passages as unknown as JsonObject[];
        if (parameters.output === 'passages') return { items: found.map((json) => ({ json })) };
        return { items: [{ json: { query: query.query, passages: found, notes } }] };
      } catch (error) {
        throw error instanceof NoSuchBase ? noSuchBase() : modelFailure(error);
      }
    },
  };
}

function queryOf({ query, topK, threshold, filter }: KnowledgeSearchParameters): KnowledgeQuery {
  const conditions = jsonParameter(filter, 'filter') as JsonObject;
  const number = (text: unknown) => (text === '' ? undefined : Number(text));
  const read = knowledgeQuery.safeParse({
    ...{ query: String(query), topK: number(topK), threshold: number(threshold) },
    ...(Object.keys(conditions).length > 0 && { filter: conditions }),
  });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new StepFailure({
    code: 'bad-parameters',
    message: `"${issue?.path.join('.')}" can't be used for a search: ${issue?.message}`,
    hint: 'Look at the preview of the field: an expression may have come out empty or as something else.',
  });
}
