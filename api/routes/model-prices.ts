/** What models cost: the workspace's own table, before the list that comes with Hiviex. */
import {
  modelPriceList,
  putModelPrice,
  storedModelPrice,
  whichModelPrice,
} from '../../contracts/api/models.ts';
import { knownPrices, knownPricesAsOf } from '../../contracts/models/known-prices.ts';
import { sandboxId } from '../../contracts/models/provider.ts';
import { ApiProblem } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'models';

export const list = defineRoute({
  method: 'get',
  path: '/model-prices',
  summary: 'What models cost',
  description:
    'Whole micro-units for a million tokens: 2500000 is $2.50. `known` are list prices as of `knownAsOf`; look at your provider before you bill by them.',
  tag,
  auth: 'model.view',
  responses: { 200: modelPriceList },
  handler: async ({ principal }, { db }) => {
    const items = await db.inWorkspace(principal.workspace, ({ models }) => models.prices.list());
    const known = [...knownPrices].map(([model, price]) => ({ model, ...price }));
    return { status: 200, body: { items, known, knownAsOf: knownPricesAsOf } };
  },
});

export const put = defineRoute({
  method: 'put',
  path: '/model-prices',
  summary: 'Say what a model costs',
  description: 'Counts for calls from now on. With `provider`, for that one only.',
  tag,
  auth: 'model.manage',
  audit: 'model-price.update',
  body: putModelPrice,
  responses: { 200: storedModelPrice },
  handler: async ({ principal, body, note }, { db }) => {
    const saved = await db.inWorkspace(principal.workspace, async ({ models }) => {
      if (body.provider !== '' && body.provider !== sandboxId && !(await models.providers.get(body.provider)))
        return undefined;
      return models.prices.put(body);
    });
    if (!saved) {
      const errors = [{ field: 'provider', message: 'There is no such provider.' }];
      throw new ApiProblem('invalid-request', {}, { errors });
    }
    note({ after: { ...saved } });
    return { status: 200, body: saved };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/model-prices',
  summary: "Forget the workspace's own price of a model",
  description: 'The list that comes with Hiviex counts again. Where there is none, nothing changes.',
  tag,
  auth: 'model.manage',
  audit: 'model-price.delete',
  query: whichModelPrice,
  responses: { 204: null },
  handler: async ({ principal, query, note }, { db }) => {
    const removed = await db.inWorkspace(principal.workspace, ({ models }) => models.prices.remove(query));
    if (removed) note({ before: { ...removed } });
    return { status: 204 };
  },
});
