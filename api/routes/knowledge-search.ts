/** Searching a knowledge base by hand: what agents and automations would find, and why. */
import { ulid } from 'ulid';
import { z } from 'zod';
import { knowledgeAnswer, knowledgeQuery } from '../../contracts/knowledge/search.ts';
import { createKnowledgeSearch, ModelError, NoSuchBase } from '../../models/index.ts';
import { ApiProblem, notFound } from '../problems.ts';
import { defineRoute, sharedBy } from '../route.ts';

/** Milliseconds for models and database together. */
const patience = 60_000;

export const search = defineRoute({
  method: 'post',
  path: '/knowledge-bases/:id/search',
  summary: 'Search a knowledge base',
  description:
    'By meaning and by words at once. Each passage says why it was found: its likeness to the question, the rank of its words, and its place by either. The vector of the question is paid for as any call to a model.',
  tag: 'knowledge',
  auth: 'knowledge.search',
  resource: sharedBy('knowledge', 'id'),
  audit: false,
  params: z.object({ id: z.string() }),
  body: knowledgeQuery,
  responses: { 200: knowledgeAnswer },
  handler: async ({ principal: { workspace, user }, params: { id }, body }, deps) => {
    try {
      const found = await createKnowledgeSearch(deps)({
        ...{ workspace, bases: [id], ...body },
        key: `search:${ulid()}`,
        owner: { member: user },
        signal: AbortSignal.timeout(patience),
      });
      return { status: 200, body: found };
    } catch (error) {
      if (error instanceof NoSuchBase) throw notFound('knowledge');
      if (error instanceof ModelError)
        throw new ApiProblem('knowledge-model-failed', { reason: error.message });
      throw error;
    }
  },
});
