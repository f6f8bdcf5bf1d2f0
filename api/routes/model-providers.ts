/** Providers of models: which the workspace may call, with which credential, and whether they answer. */
import { z } from 'zod';
import {
  createModelProvider,
  type ModelProvider,
  modelProvider,
  modelProviderList,
  modelProviderTest,
  offeredModels,
  testModelProvider,
  updateModelProvider,
} from '../../contracts/api/models.ts';
import type { JsonObject } from '../../contracts/json.ts';
import {
  credentialOfKind,
  defaultProviderSettings,
  type ProviderKind,
  sandboxId,
} from '../../contracts/models/provider.ts';
import { text } from '../../contracts/text.ts';
import type { ModelRest, StoredProvider } from '../../db/index.ts';
import { ModelError, priceOf, rules, testProvider } from '../../models/index.ts';
import { mayDo } from '../access/authorize.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, languageOf, notFound } from '../problems.ts';
import { defineRoute } from '../route.ts';

const tag = 'models';
const params = z.object({ provider: z.string() });

const sandbox: ModelProvider = {
  ...{ id: sandboxId, name: 'Sandbox', kind: 'sandbox', credential: '', settings: defaultProviderSettings },
  ...{ enabled: true, builtIn: true, resting: [] },
};

export const list = defineRoute({
  method: 'get',
  path: '/model-providers',
  summary: 'List the providers of models',
  description: 'The built-in sandbox, which is no AI, comes last. Never a key.',
  tag,
  auth: 'model.view',
  responses: { 200: modelProviderList },
  handler: async ({ principal }, { db }) => {
    const { providers, resting } = await db.inWorkspace(principal.workspace, async ({ models }) => ({
      providers: await models.providers.list(),
      resting: await models.health.list(),
    }));
    return { status: 200, body: { items: [...providers.map((each) => show(each, resting)), sandbox] } };
  },
});

export const create = defineRoute({
  method: 'post',
  path: '/model-providers',
  summary: 'Add a provider of models',
  description: 'Its address and key are a credential that you may use.',
  tag,
  auth: 'model.manage',
  audit: 'model-provider.create',
  body: createModelProvider,
  responses: { 201: modelProvider },
  handler: async ({ principal, body, note }, deps) => {
    await checkCredential(deps, principal, body);
    const made = await deps.db.inWorkspace(principal.workspace, ({ models }) =>
      models.providers.create(body),
    );
    if (!made) throw new ApiProblem('name-taken', { name: body.name });
    note({ resource: resourceOf(made), after: factsOf(made) });
    return { status: 201, body: show(made, []) };
  },
});

export const get = defineRoute({
  method: 'get',
  path: '/model-providers/:provider',
  summary: 'One provider of models',
  tag,
  auth: 'model.view',
  params,
  responses: { 200: modelProvider },
  handler: async ({ principal, params: { provider: id } }, { db }) => {
    if (id === sandboxId) return { status: 200, body: sandbox };
    const [found, resting] = await db.inWorkspace(principal.workspace, ({ models }) =>
      Promise.all([models.providers.get(id), models.health.list()]),
    );
    if (!found) throw notFound('provider');
    return { status: 200, body: show(found, resting) };
  },
});

export const update = defineRoute({
  method: 'patch',
  path: '/model-providers/:provider',
  summary: 'Change a provider of models',
  description: 'Its models that rest are tried again at once.',
  tag,
  auth: 'model.manage',
  audit: 'model-provider.update',
  params,
  body: updateModelProvider,
  responses: { 200: modelProvider },
  handler: async ({ principal, params: { provider: id }, body, note }, deps) => {
    const before = await find(deps, principal, id);
    const { credential } = body;
    if (credential !== undefined && credential !== before.credential)
      await checkCredential(deps, principal, { name: before.name, kind: before.kind, credential });
    const after = await deps.db.inWorkspace(principal.workspace, ({ models }) =>
      models.providers.update(id, body),
    );
    if (after === 'name-taken') throw new ApiProblem('name-taken', { name: body.name ?? '' });
    if (!after) throw notFound('provider');
    note({ resource: resourceOf(after), before: factsOf(before), after: factsOf(after) });
    return { status: 200, body: show(after, []) };
  },
});

export const remove = defineRoute({
  method: 'delete',
  path: '/model-providers/:provider',
  summary: 'Remove a provider of models',
  description: 'Its credential stays, and so does what it cost. Refused while a chain names it.',
  tag,
  auth: 'model.manage',
  audit: 'model-provider.delete',
  params,
  responses: { 204: null },
  handler: async ({ principal, params: { provider: id }, note }, deps) => {
    await find(deps, principal, id);
    const removed = await deps.db.inWorkspace(principal.workspace, ({ models }) =>
      models.providers.remove(id),
    );
    if (!removed) throw notFound('provider');
    if ('usedBy' in removed)
      throw new ApiProblem('provider-in-use', {
        chains: removed.usedBy.map((name) => `"${name}"`).join(', '),
      });
    note({ resource: resourceOf(removed), before: factsOf(removed) });
    return { status: 204 };
  },
});

export const test = defineRoute({
  method: 'post',
  path: '/model-providers/:provider/test',
  summary: 'Test a provider by a small call to a model',
  description:
    'A real call, paid as any other. Without `model`, one that is small by its name. The answer is 200 either way: `passed` and `message` say what came of it.',
  tag,
  auth: 'model.manage',
  audit: 'model-provider.test',
  params,
  body: testModelProvider,
  responses: { 200: modelProviderTest },
  handler: async ({ principal, params: { provider: id }, body, request }, deps) => {
    const found = id === sandboxId ? sandbox : await find(deps, principal, id);
    const language = languageOf(request.headers['accept-language']);
    const noteTest = (passed: boolean) =>
      deps.db.inWorkspace(principal.workspace, ({ models }) => models.providers.noteTest(id, passed));
    try {
      const {
        model,
        text: answer,
        ms,
        cost,
      } = await testProvider(deps.models, {
        ...{ workspace: principal.workspace, provider: id, model: body.model, named: found.settings.models },
        ...{ owner: { member: principal.user }, signal: AbortSignal.timeout(60_000) },
      });
      await noteTest(true);
      const says = text(`${model} answered: ${answer}`, `${model} respondeu: ${answer}`);
      return { status: 200, body: { passed: true, message: says[language], model, ms, cost } };
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      await noteTest(false);
      return {
        status: 200,
        body: { passed: false, message: error.message, hint: rules[error.kind].hint[language] },
      };
    }
  },
});

export const models = defineRoute({
  method: 'get',
  path: '/model-providers/:provider/models',
  summary: 'The models that a provider offers',
  description:
    'Asked at the provider. `failure` says why there is no list; models that the settings name are there all the same.',
  tag,
  auth: 'model.view',
  params,
  responses: { 200: offeredModels },
  handler: async ({ principal, params: { provider: id }, request }, deps) => {
    const { workspace } = principal;
    const found = id === sandboxId ? sandbox : await find(deps, principal, id);
    const setup = await deps.db.inWorkspace(workspace, (repositories) =>
      repositories.models.setup(undefined),
    );
    const named = found.settings.models.map((model) => ({ id: model }));
    const priced = (offered: { id: string; name?: string | undefined }[]) =>
      offered.map((model) => {
        const price = priceOf(setup, { provider: id, model: model.id });
        return { id: model.id, ...(model.name && { name: model.name }), ...(price && { price }) };
      });
    try {
      const offered = await deps.models.listModels(workspace, id);
      const others = offered.filter((model) => !named.some((each) => each.id === model.id));
      return { status: 200, body: { items: priced([...named, ...others]) } };
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      const hint = rules[error.kind].hint[languageOf(request.headers['accept-language'])];
      const failure = { code: `model-${error.kind}`, message: error.message, hint };
      return { status: 200, body: { items: priced(named), failure } };
    }
  },
});

async function find(
  { db }: Pick<ApiDeps, 'db'>,
  { workspace }: WorkspacePrincipal,
  id: string,
): Promise<StoredProvider> {
  const found = await db.inWorkspace(workspace, ({ models: repositories }) => repositories.providers.get(id));
  if (!found) throw notFound('provider');
  return found;
}

/** Whoever sets a provider up has the workspace's calls sent with its credential: they need the right to use it. */
async function checkCredential(
  { db }: Pick<ApiDeps, 'db'>,
  principal: WorkspacePrincipal,
  { name, kind, credential: id }: { name: string; kind: ProviderKind; credential: string },
): Promise<void> {
  const isAllowed = await mayDo(principal, 'credential.use', () => ({ type: 'credential', id }), { db });
  const found = await db.inWorkspace(principal.workspace, ({ credentials }) => credentials.get(id));
  if (!isAllowed || !found) throw new ApiProblem('credential-not-shared', { node: name, credential: id });
  const wanted = kind === 'sandbox' ? undefined : credentialOfKind[kind];
  if (found.type === wanted) return;
  const message = `A provider of this kind takes a credential of type "${wanted}".`;
  throw new ApiProblem('invalid-request', {}, { errors: [{ field: 'credential', message }] });
}

function show(stored: StoredProvider, resting: readonly ModelRest[]): ModelProvider {
  const { createdAt: _, updatedAt: __, ...shown } = stored;
  const now = Date.now();
  return {
    ...shown,
    builtIn: false,
    resting: resting
      .filter(({ provider, restUntil }) => provider === stored.id && Date.parse(restUntil) > now)
      .map(({ model, reason, failures, restUntil }) => ({ model, reason, failures, until: restUntil })),
  };
}

function resourceOf({ id, name }: StoredProvider) {
  return { type: 'model-provider', id, name };
}

function factsOf({ name, kind, credential, settings, enabled }: StoredProvider): JsonObject {
  return { name, kind, credential, settings: settings as unknown as JsonObject, enabled };
}
