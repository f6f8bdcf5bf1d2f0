/**
 * Makes tools of an OpenAPI 3 document: each operation with all that a call needs, so that the agent never reads the document again
 * and a change of it changes nothing that was looked at. The document is anybody's: it is read with limits, and followed nowhere.
 */
import { type HttpParameter, type HttpTool, httpTool } from '../../contracts/agents/tool.ts';
import { httpMethods } from '../../contracts/catalogue/http-request.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';

export interface ReadTools {
  title: string;
  tools: HttpTool[];
  skipped: { operation: string; reason: string }[];
}

/** What can't be read at all. */
export class OpenApiUnreadable extends Error {}

const mostOperations = 500;
/** Levels of a schema: references may go in circles. */
const deepest = 12;

/** @param from where the document was fetched, which its servers may be relative to. @throws OpenApiUnreadable */
export function readOpenApi(text: string, from?: string): ReadTools {
  const document = parse(text);
  const paths = objectOf(document.paths) ?? {};
  const read: ReadTools = { title: textOf(objectOf(document.info)?.title), tools: [], skipped: [] };
  const base = serverOf(document, from);
  const taken = new Set<string>();
  for (const [path, given] of Object.entries(paths)) {
    const item = resolve(given, document);
    for (const method of httpMethods) {
      const operation = resolve(item?.[method.toLowerCase()], document);
      if (!operation || read.tools.length >= mostOperations) continue;
      const label = `${method} ${path}`;
      const made = toolOf({ document, base, path, method, item: item!, operation, taken });
      if (typeof made === 'string') read.skipped.push({ operation: label, reason: made });
      else read.tools.push(made);
    }
  }
  return read;
}

interface Found {
  document: JsonObject;
  base: string | undefined;
  path: string;
  method: (typeof httpMethods)[number];
  item: JsonObject;
  operation: JsonObject;
  taken: Set<string>;
}

/** @returns the tool, or why there is none */
function toolOf({ document, base, path, method, item, operation, taken }: Found): HttpTool | string {
  if (base === undefined) return 'The document names no server address.';
  const parameters = parametersOf(item, operation, document);
  const required = parameters.find(({ required, in: place }) => required && place === 'header');
  if (required && /^(authorization|cookie|host)$/i.test(required.name))
    return `It takes the header ${required.name} as a parameter: use a credential.`;
  const body = bodyOf(operation, document);
  if (typeof body === 'string') return body;
  const name = freeName(textOf(operation.operationId) || `${method.toLowerCase()}_${path}`, taken);
  const description = [textOf(operation.summary), textOf(operation.description)].filter(Boolean).join('\n');
  const tool = httpTool.safeParse({
    ...{ kind: 'http', name, description: description.slice(0, 2_000), method, url: `${base}${path}` },
    // What changes something is asked about until somebody decides otherwise.
    approval: method === 'GET' || method === 'HEAD' ? 'allow' : 'ask',
    parameters: parameters.filter(({ name }) => !/^(authorization|cookie|host)$/i.test(name)),
    ...(body && { body }),
  });
  return tool.success ? tool.data : (tool.error.issues[0]?.message ?? 'It can not be read.');
}

function parametersOf(item: JsonObject, operation: JsonObject, document: JsonObject): HttpParameter[] {
  const found = new Map<string, HttpParameter>();
  for (const given of [...listOf(item.parameters), ...listOf(operation.parameters)]) {
    const parameter = resolve(given, document);
    const place = parameter?.in;
    if (!parameter || (place !== 'path' && place !== 'query' && place !== 'header')) continue;
    const name = textOf(parameter.name);
    const schema = plain(parameter.schema ?? { type: 'string' }, document, 0) as JsonObject;
    const description = textOf(parameter.description).slice(0, 1_000);
    found.set(`${place} ${name}`, {
      ...{ name, in: place, required: place === 'path' || parameter.required === true },
      schema: { ...schema, ...(description && { description }) },
    });
  }
  return [...found.values()];
}

/** @returns undefined: it takes none; a text: why it can't be sent */
function bodyOf(operation: JsonObject, document: JsonObject): HttpTool['body'] | string {
  const given = resolve(operation.requestBody, document);
  if (!given) return undefined;
  const content = objectOf(given.content) ?? {};
  const json = Object.keys(content).find((type) => /[/+]json\b/i.test(type));
  const type = json ?? Object.keys(content).find((each) => each === 'application/x-www-form-urlencoded');
  if (type === undefined) return `It takes ${Object.keys(content).join(', ') || 'an unknown body'}.`;
  const schema = plain(objectOf(content[type])?.schema ?? { type: 'object' }, document, 0);
  return {
    type: json ? 'json' : 'form',
    required: given.required === true,
    schema: objectOf(schema) ?? { type: 'object' },
  };
}

/** The first server, with the defaults of its variables. */
function serverOf(document: JsonObject, from: string | undefined): string | undefined {
  const [server] = listOf(document.servers);
  const given = objectOf(server);
  const variables = objectOf(given?.variables) ?? {};
  const url = textOf(given?.url ?? '/').replace(/\{(\w+)\}/g, (_, name: string) =>
    textOf(objectOf(variables[name])?.default),
  );
  try {
    const address = new URL(url, from);
    return /^https?:$/.test(address.protocol)
      ? `${address.origin}${address.pathname}`.replace(/\/+$/, '')
      : undefined;
  } catch {
    return undefined;
  }
}

/** The schema with its references filled in, and without what models can't read. */
function plain(value: JsonValue | undefined, document: JsonObject, depth: number): JsonValue {
  if (Array.isArray(value)) return value.map((each) => plain(each, document, depth + 1));
  const given = typeof value === 'object' && value !== null ? resolve(value, document) : undefined;
  if (!given) return (value ?? {}) as JsonValue;
  if (depth > deepest) return {};
  return Object.fromEntries(
    Object.entries(given)
      .filter(([key]) => !dropped.has(key))
      .map(([key, each]) => [key, plain(each, document, depth + 1)]),
  );
}

const dropped = new Set(['$schema', '$id', 'xml', 'externalDocs', 'example', 'examples', 'discriminator']);

/** What `$ref` leads to, within the document; undefined for anything else than an object. */
function resolve(value: JsonValue | undefined, document: JsonObject): JsonObject | undefined {
  let given = objectOf(value);
  for (let hops = 0; given && typeof given.$ref === 'string' && hops < 10; hops++) {
    if (!given.$ref.startsWith('#/')) return undefined;
    let found: JsonValue | undefined = document;
    for (const part of given.$ref.slice(2).split('/')) {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const inside = objectOf(found) as JsonObject | undefined;
      found = inside && Object.hasOwn(inside, key) ? inside[key] : undefined;
    }
    given = objectOf(found);
  }
  return given;
}

function parse(text: string): JsonObject {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    throw new OpenApiUnreadable('it is no JSON.');
  }
  const document = objectOf(value);
  if (!document || !/^3\./.test(textOf(document.openapi)))
    throw new OpenApiUnreadable('it does not begin with "openapi": "3.…".');
  return document;
}

function freeName(wanted: string, taken: Set<string>): string {
  const name =
    wanted
      .replace(/[^a-zA-Z0-9_-]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 60) || 'call';
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
  taken.add(free);
  return free;
}

function objectOf(value: JsonValue | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
