import type { z } from 'zod';
import type { respondNode } from '../../contracts/catalogue/respond.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { BinaryReference, Item } from '../../contracts/item.ts';
import type { JsonValue } from '../../contracts/json.ts';
import type { WebhookResponse } from '../../contracts/run.ts';
import { EngineFailure } from '../run/engine-failure.ts';

type Parameters = Resolved<z.output<typeof respondNode.parameters>>;

/** The answer that a Respond node gives for the items that reached it. */
export function buildResponse(parameters: Parameters, items: readonly Item[]): WebhookResponse {
  const headers = parameters.headers
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, value }): [string, string] => [name.trim(), String(value)]);
  const status = Number(parameters.status);
  const json = (value: JsonValue): WebhookResponse => ({ status, headers, body: { kind: 'json', value } });
  switch (parameters.respondWith) {
    case 'firstItem':
      return json(items[0]?.json ?? {});
    case 'allItems':
      return json(items.map((item) => item.json));
    case 'json':
      return json(parseBody(parameters.body));
    case 'text':
      return { status, headers, body: { kind: 'text', value: textOf(parameters.body) } };
    case 'file':
      return { status, headers, body: { kind: 'file', value: fileOf(items[0], String(parameters.file)) } };
    case 'redirect':
      return {
        status: status >= 300 && status < 400 ? status : 302,
        headers: [...headers, ['location', parameters.location]],
        body: { kind: 'none' },
      };
    case 'nothing':
      return { status: status === 200 ? 204 : status, headers, body: { kind: 'none' } };
  }
}

/** What a webhook that answers with its last node tells: the first item that node gave. */
export function lastNodeResponse(items: readonly Item[]): WebhookResponse {
  return { status: 200, headers: [], body: { kind: 'json', value: items[0]?.json ?? {} } };
}

/** @throws EngineFailure `no-file` */
function fileOf(item: Item | undefined, name: string): BinaryReference {
  const found = item?.binary && Object.hasOwn(item.binary, name) ? item.binary[name] : undefined;
  if (found) return found;
  const there = Object.keys(item?.binary ?? {}).join(', ');
  throw new EngineFailure({
    code: 'no-file',
    message: `The first item has no file called "${name}" to respond with.`,
    hint: there
      ? `Its files are called: ${there}.`
      : 'It carries no file at all: a step before this one has to make one.',
  });
}

function textOf(body: JsonValue): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** An expression may give an object already; text has to be JSON. */
function parseBody(body: JsonValue): JsonValue {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body) as JsonValue;
  } catch (error) {
    throw new EngineFailure({
      code: 'wrong-type',
      message: `The body to respond with is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      hint: 'Correct the JSON, or respond with text.',
    });
  }
}
