/** The OpenAPI 3.1 document, made from the same declarations that check requests: it can't say anything else than they do. */
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { automation, automationSummary, versionSummary } from '../contracts/api/automations.ts';
import { openAiError } from '../contracts/api/openai/error.ts';
import { run, runSummary, step } from '../contracts/api/runs.ts';
import { graph, graphEdge, graphNode } from '../contracts/graph.ts';
import { item } from '../contracts/item.ts';
import { jsonObject, jsonValue } from '../contracts/json.ts';
import { problem, problemError } from '../contracts/problems.ts';
import { failure, webhookResponse } from '../contracts/run.ts';
import {
  accessOf,
  openAiResponses,
  problemResponses,
  refusalsOf,
  securitySchemes,
} from './openapi-access.ts';
import { type JsonOrEvents, pathOf, type Route } from './route.ts';

type Json = Record<string, unknown>;

/** Schemas that the document names once and refers to. */
const named = new Map<string, z.ZodType>(
  Object.entries({
    JsonValue: jsonValue,
    JsonObject: jsonObject,
    Item: item,
    Graph: graph,
    GraphNode: graphNode,
    GraphEdge: graphEdge,
    AutomationSummary: automationSummary,
    Automation: automation,
    VersionSummary: versionSummary,
    RunSummary: runSummary,
    Run: run,
    Step: step,
    Failure: failure,
    WebhookResponse: webhookResponse,
    ProblemError: problemError,
    Problem: problem,
  }),
);
const registry = z.registry<{ id: string }>();
for (const [id, schema] of named) registry.add(schema, { id });

export function openapiDocument(routes: readonly Route[], version: string): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  const problemSchema = schemaOf(problem, 'output', components);
  for (const route of routes) {
    const path = pathOf(route).replace(/:(\w+)/g, '{$1}');
    const operations = paths[path] ?? {};
    operations[route.method] = operationOf(route, components);
    paths[path] = operations;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hiviex',
      version,
      description: 'Durable automations. Errors are problem+json (RFC 9457) with a stable `code`.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: components,
      securitySchemes,
      responses: {
        ...problemResponses(problemSchema),
        ...openAiResponses(schemaOf(openAiError, 'output', components)),
      },
    },
  };
}

function operationOf(route: Route, components: Json): Json {
  const name = operationIdOf(route);
  return {
    operationId: name,
    summary: route.summary,
    ...(route.description && { description: route.description }),
    tags: [route.tag],
    ...accessOf(route),
    parameters: parametersOf(route, components),
    ...(route.body && {
      requestBody: {
        content: { 'application/json': { schema: schemaOf(route.body, 'input', components) } },
      },
    }),
    responses: {
      ...refusalsOf(route),
      ...Object.fromEntries(
        Object.entries(route.responses).map(([status, schema]) => [
          status,
          {
            description: STATUS_CODES[status] ?? '',
            ...(schema && { content: contentOf(schema, components) }),
          },
        ]),
      ),
      default: { $ref: `#/components/responses/${route.speaks === 'openai' ? 'OpenAiError' : 'Problem'}` },
    },
  };
}

function contentOf(schema: z.ZodType | JsonOrEvents | string, components: Json): Json {
  if (typeof schema === 'string') return { [schema]: { schema: { type: 'string' } } };
  if ('events' in schema)
    return { ...contentOf(schema.json, components), ...contentOf(schema.events, components) };
  return { 'application/json': { schema: schemaOf(schema, 'output', components) } };
}

/** `post /automations/:id/publish` → `postAutomationsPublish`; ids are told apart by their name. */
function operationIdOf(route: Route): string {
  const words = route.path
    .split('/')
    .filter(Boolean)
    .map((part) => (part.startsWith(':') ? `By${capital(part.slice(1))}` : capital(part)));
  return `${route.method}${words.join('')}`;
}

function capital(word: string): string {
  const letters = word.replace(/[^A-Za-z]+(\w?)/g, (_, next: string) => next.toUpperCase());
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}

function parametersOf(route: Route, components: Json): Json[] {
  const from = (schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] =>
    Object.entries(schema?.shape ?? {}).map(([name, value]) => ({
      name,
      in: where,
      required: where === 'path' || !z.safeParse(value as z.ZodType, undefined).success,
      schema: schemaOf(value as z.ZodType, 'input', components),
    }));
  const headers = {
    ...(route.idempotent && {
      'Idempotency-Key': 'The same key with the same body is answered alike and done once.',
    }),
    ...route.headers,
  };
  return [
    ...from(route.params, 'path'),
    ...from(route.query, 'query'),
    ...Object.entries(headers).map(([name, description]) => ({
      name,
      in: 'header',
      required: false,
      description,
      schema: { type: 'string' },
    })),
  ];
}

/**
 * The schema as JSON Schema; what is named goes to `components`. Where a client may leave out what the server then fills in,
 * the two differ: the client's is named `…Input`.
 */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const { $schema, $defs = {}, ...root } = jsonSchemaOf(schema, io);
  const definitions = $defs as Record<string, Json>;
  const names = new Map(Object.keys(definitions).map((id) => [id, nameOf(id, io)]));
  for (const [id, definition] of Object.entries(definitions))
    components[names.get(id)!] ??= pointTo(definition, names);
  return pointTo(root, names) as Json;
}

/** Whether `id` reads differently for who sends and who receives it. */
function nameOf(id: string, io: 'input' | 'output'): string {
  if (io === 'output') return id;
  const schema = named.get(id);
  if (!schema)
    throw new Error(`A recursive schema has no name in the document: ${id}. Add it to openapi.ts.`);
  const same =
    JSON.stringify(jsonSchemaOf(schema, 'input')) === JSON.stringify(jsonSchemaOf(schema, 'output'));
  return same ? id : `${id}Input`;
}

function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  return z.toJSONSchema(schema, {
    io,
    metadata: registry,
    unrepresentable: 'any',
    // A client that is told of no further fields would break on the first one we add.
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  }) as Json;
}

function pointTo(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((entry) => pointTo(entry, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      if (key !== '$ref' || typeof entry !== 'string') return [key, pointTo(entry, names)];
      const id = entry.replace('#/$defs/', '');
      return [key, `#/components/schemas/${names.get(id) ?? id}`];
    }),
  );
}
