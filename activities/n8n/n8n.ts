/** The n8n node: webhooks of workflows, and the public API (v1) of an instance. */
import { httpRequest } from '../../contracts/catalogue/http-request.ts';
import { type N8nParameters, n8nNode } from '../../contracts/catalogue/n8n.ts';
import type { N8nValues } from '../../contracts/credentials/n8n.ts';
import { type EffectInput, StepFailure } from '../../contracts/effect.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { isObject } from '../../engine/items/paths.ts';
import type { Effect, EffectRun, EffectSettings } from '../effect.ts';
import { exchange } from '../http/exchange.ts';
import { readHttpParameters } from '../http/parameters.ts';
import { itemsOf, readBody, readExcerpt } from '../http/response.ts';
import { statusFailure } from '../http/status-failure.ts';
import { jsonParameter } from '../json-parameter.ts';

type Settings = Pick<EffectSettings, 'guard' | 'credentials' | 'credentialValues' | 'maxResultBytes'>;

/** The most that the API gives at a time. */
const pageSize = 250;

export function createN8nEffect(settings: Settings): Effect {
  return {
    takesSecretVariables: true,
    async run(input, run) {
      const parameters = n8nNode.parameters.parse(input.parameters);
      if (parameters.operation === 'webhook')
        return { items: await callWebhook(parameters, settings, input, run) };
      const api = await apiOf(parameters, settings, input, run);
      const values = await callApi(parameters, api);
      return { items: values.map((value) => ({ json: isObject(value) ? value : { data: value } })) };
    },
  };
}

/** A webhook takes the kinds of credential that HTTP requests take; the key of the API is not for it. */
async function callWebhook(
  parameters: N8nParameters,
  settings: Settings,
  input: EffectInput,
  run: EffectRun,
) {
  const { url, method, authentication, credential } = parameters;
  const json = () =>
    parameters.bodyFrom === 'item' ? (input.items[0]?.json ?? {}) : jsonParameter(parameters.body, 'body');
  const body: JsonObject = method === 'GET' ? {} : { bodyType: 'json', jsonBody: json() };
  const request = readHttpParameters({ method, url, authentication, credential, ...body });
  const {
    response,
    request: sent,
    mask,
  } = await exchange(request, {
    ...{ settings, input, run },
    nodeType: httpRequest.type,
  });
  if (response.statusCode === 404) throw notRegistered(sent.url.host);
  if (response.statusCode >= 400)
    throw statusFailure(response, sent, await readExcerpt(response, sent, mask));
  return itemsOf(await readBody(response, sent, settings.maxResultBytes, mask), response, 'body');
}

/** Asks for a path of the API. */
type Api = (method: 'GET' | 'POST', path: string, query?: Record<string, string>) => Promise<JsonValue>;

async function apiOf(
  { credential: id }: N8nParameters,
  settings: Settings,
  input: EffectInput,
  run: EffectRun,
): Promise<Api> {
  const open = { context: input.context, id, nodeType: n8nNode.type, secrets: run.secrets };
  const { baseUrl } = (await settings.credentialValues(open)) as unknown as N8nValues;
  const base = `${baseUrl.replace(/\/+$/, '')}/api/v1`;
  return async (method, path, query = {}) => {
    const parameters = readHttpParameters({
      ...{ method, url: `${base}${path}`, authentication: 'credential', credential: id },
      query: Object.entries(query).map(([name, value]) => ({ name, value })),
    });
    const options = { settings, nodeType: n8nNode.type, input, run };
    const { response, request, mask } = await exchange(parameters, options);
    if (response.statusCode >= 400)
      throw statusFailure(response, request, await readExcerpt(response, request, mask));
    const body = await readBody(response, request, settings.maxResultBytes, mask);
    if (body.kind === 'json') return body.value;
    throw notTheApi(request.url.host);
  };
}

async function callApi(parameters: N8nParameters, api: Api): Promise<JsonValue[]> {
  const workflow = `/workflows/${encodeURIComponent(parameters.workflowId)}`;
  const limit = Number(parameters.limit);
  switch (parameters.operation) {
    case 'listWorkflows': {
      const { active } = parameters;
      return await listAll(
        api,
        '/workflows',
        active === 'any' ? {} : { active: String(active === 'active') },
        limit,
      );
    }
    case 'listExecutions': {
      const { status, workflowId } = parameters;
      const query = { ...(status !== 'any' && { status }), ...(workflowId !== '' && { workflowId }) };
      return await listAll(api, '/executions', query, limit);
    }
    case 'getWorkflow':
      return [await api('GET', workflow)];
    case 'activate':
      return [await api('POST', `${workflow}/activate`)];
    case 'deactivate':
      return [await api('POST', `${workflow}/deactivate`)];
    default: {
      const includeData = String(parameters.withData);
      return [await api('GET', `/executions/${encodeURIComponent(parameters.executionId)}`, { includeData })];
    }
  }
}

async function listAll(
  api: Api,
  path: string,
  query: Record<string, string>,
  limit: number,
): Promise<JsonValue[]> {
  const found: JsonValue[] = [];
  let cursor: string | undefined;
  do {
    const page = await api('GET', path, {
      ...query,
      limit: String(Math.min(pageSize, limit - found.length)),
      ...(cursor !== undefined && { cursor }),
    });
    if (!isObject(page) || !Array.isArray(page.data)) throw notTheApi(path);
    found.push(...page.data);
    cursor = typeof page.nextCursor === 'string' && page.data.length > 0 ? page.nextCursor : undefined;
  } while (cursor !== undefined && found.length < limit);
  return found.slice(0, limit);
}

function notRegistered(host: string): StepFailure {
  return new StepFailure({
    code: 'n8n-webhook-not-found',
    message: `${host} knows no webhook at this URL.`,
    hint: 'Activate the workflow in n8n, use its production URL (/webhook/…, not /webhook-test/…), and check the method.',
  });
}

function notTheApi(where: string): StepFailure {
  return new StepFailure({
    code: 'not-n8n-api',
    message: `${where} answered with something that the API of n8n does not say.`,
    hint: "Check the address in the credential: it is that of the instance's start page, without /api.",
  });
}
