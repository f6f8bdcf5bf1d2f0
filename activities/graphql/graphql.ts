/** The GraphQL node: a query by POST, its data as items, its errors as a failure or as data. */
import { type GraphqlParameters, graphqlNode } from '../../contracts/catalogue/graphql.ts';
import { StepFailure } from '../../contracts/effect.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { getPath, isObject } from '../../engine/items/paths.ts';
import type { Effect, EffectSettings } from '../effect.ts';
import { exchange } from '../http/exchange.ts';
import { readHttpParameters } from '../http/parameters.ts';
import { readBody, readExcerpt } from '../http/response.ts';
import { statusFailure } from '../http/status-failure.ts';
import { jsonParameter } from '../json-parameter.ts';

export function createGraphqlEffect(
  settings: Pick<EffectSettings, 'guard' | 'credentials' | 'maxResultBytes'>,
): Effect {
  return {
    takesSecretVariables: true,
    async run(input, run) {
      const parameters = graphqlNode.parameters.parse(input.parameters);
      const request = readHttpParameters(requestOf(parameters));
      const options = { settings, nodeType: graphqlNode.type, input, run };
      const { response, request: sent, mask } = await exchange(request, options);
      const isJson = /json/i.test(String(response.headers['content-type'] ?? ''));
      // Servers say 400 to a query with errors, and tell of them in the body as they do with 200.
      if (response.statusCode >= 400 && !(isJson && response.statusCode < 500))
        throw statusFailure(response, sent, await readExcerpt(response, sent, mask));
      const body = await readBody(response, sent, settings.maxResultBytes, mask);
      const answer = body.kind === 'json' && isObject(body.value) ? body.value : undefined;
      if (!answer || !('data' in answer || Array.isArray(answer.errors))) {
        if (response.statusCode >= 400) throw statusFailure(response, sent, '');
        throw notGraphql(sent.url.host);
      }
      if (parameters.errors === 'fail') assertNoErrors(mask(answer));
      return { items: itemsOf(answer, parameters.itemsFrom) };
    },
  };
}

function requestOf(parameters: GraphqlParameters): JsonObject {
  const { url, authentication, credential, headers, query, operationName } = parameters;
  const variables = jsonParameter(parameters.variables, 'variables');
  return {
    ...{ method: 'POST', url, authentication, credential, bodyType: 'json' },
    headers: [
      { name: 'accept', value: 'application/graphql-response+json, application/json;q=0.9' },
      ...(headers as JsonObject[]),
    ],
    jsonBody: { query, variables, ...(operationName !== '' && { operationName }) },
  };
}

function itemsOf(answer: JsonObject, path: string): Item[] {
  if (path === '') return [{ json: answer }];
  const found = getPath(answer.data, path);
  if (found === undefined) throw noSuchPath(path, answer.data);
  const values: JsonValue[] = Array.isArray(found) ? found : found === null ? [] : [found];
  return values.map((value) => ({ json: isObject(value) ? value : { data: value } }));
}

function assertNoErrors({ errors }: JsonObject): void {
  if (!Array.isArray(errors) || errors.length === 0) return;
  const [first] = errors;
  const { message, path, locations } = isObject(first) ? first : {};
  const place = Array.isArray(path)
    ? ` (at ${path.join('.')})`
    : Array.isArray(locations) && isObject(locations[0])
      ? ` (line ${locations[0].line}, column ${locations[0].column})`
      : '';
  const more = errors.length > 1 ? ` There are ${errors.length - 1} more.` : '';
  throw new StepFailure({
    code: 'graphql-errors',
    message: `The API answered with an error${place}: ${String(message ?? 'without a message').slice(0, 500)}${more}`,
    hint: 'Correct the query or its variables; or let errors go on as data when a part of the answer is enough.',
    details: { errors: errors.slice(0, 5) },
  });
}

function notGraphql(host: string): StepFailure {
  return new StepFailure({
    code: 'not-graphql',
    message: `${host} answered with something that is no GraphQL answer: it has neither data nor errors.`,
    hint: 'Check the URL: it is most often one that ends in /graphql.',
  });
}

function noSuchPath(path: string, data: JsonValue | undefined): StepFailure {
  const there = isObject(data) ? Object.keys(data).slice(0, 10).join(', ') : '';
  return new StepFailure({
    code: 'no-such-path',
    message: `The data of the answer has nothing at "${path}".`,
    hint: there === '' ? 'The data is empty.' : `It begins with: ${there}.`,
  });
}
