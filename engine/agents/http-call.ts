/** A call of an HTTP tool as the parameters of an HTTP request. Arguments fill in what the operation names, and nothing else. */
import type { HttpTool } from '../../contracts/agents/tool.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';

/** Name of the argument that is the body. */
export const bodyArgument = 'body';

export function httpParametersOf(tool: HttpTool, given: JsonObject): JsonObject {
  const of = (place: 'query' | 'header') =>
    tool.parameters
      .filter((parameter) => parameter.in === place && isGiven(given[parameter.name]))
      .flatMap(({ name }) => listOf(given[name]!).map((value) => ({ name, value: textOf(value) })));
  const { body } = tool;
  const content = given[bodyArgument];
  const hasBody = body !== undefined && isGiven(content);
  return {
    method: tool.method,
    url: addressOf(tool, given),
    ...(tool.credential === ''
      ? { authentication: 'none' }
      : { authentication: 'credential', credential: tool.credential }),
    query: of('query'),
    headers: of('header').map(({ name, value }) => ({ name, value: value.replace(/[\r\n]+/g, ' ') })),
    bodyType: hasBody ? body.type : 'none',
    ...(hasBody && body.type === 'json' && { jsonBody: JSON.stringify(content) }),
    ...(hasBody && body.type === 'form' && { formBody: fieldsOf(content) }),
    // An answer that says no is for the model to read, too.
    failOnStatus: true,
  };
}

/** A `.` or `..` would lead to another path, however it is encoded. Undefined: there is none. */
export function pathProblem({ parameters }: HttpTool, given: JsonObject): string | undefined {
  const bad = parameters.find(
    ({ name, in: place }) => place === 'path' && /^\.{1,2}$|^$/.test(textOf(given[name] ?? '')),
  );
  return bad && `The argument "${bad.name}" can't be a part of the address.`;
}

function addressOf({ url, parameters }: HttpTool, given: JsonObject): string {
  return parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce(
      (address, { name }) =>
        address.replaceAll(`{${name}}`, () => encodeURIComponent(textOf(given[name] ?? ''))),
      url,
    );
}

function fieldsOf(content: JsonValue | undefined): JsonValue {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return [];
  return Object.entries(content).map(([name, value]) => ({ name, value: textOf(value) }));
}

function isGiven(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}

function listOf(value: JsonValue): JsonValue[] {
  return Array.isArray(value) ? value : [value];
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What the model is told of the arguments. */
export function httpSchemaOf({ parameters, body }: HttpTool): JsonObject {
  const required = [
    ...parameters.filter((parameter) => parameter.required).map(({ name }) => name),
    ...(body?.required ? [bodyArgument] : []),
  ];
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
      ...(body && { [bodyArgument]: body.schema }),
    },
    ...(required.length > 0 && { required: [...new Set(required)] }),
  };
}
