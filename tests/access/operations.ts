/** Operations as the served OpenAPI document declares them: what it does not say, the matrix does not know. */
import type { Action, Scope } from '../../contracts/access/actions.ts';
import type { GrantLevel, ResourceType, Role } from '../../contracts/access/roles.ts';
import type { JsonSchema, Schemas } from './sample.ts';

export type Access =
  | { auth: 'none' | 'signed-in' | 'user' | 'second-factor' }
  | {
      auth: 'action';
      action: Action;
      roles: Role[];
      scope: Scope;
      grant?: { resource: ResourceType; level: GrantLevel };
    };

export interface Operation {
  /** `PATCH /api/v1/automations/{id}` */
  name: string;
  method: string;
  path: string;
  access: Access;
  /** For each parameter of the path its kind: the path up to it, with the other parameters left blank. `/automations/{}/versions/{}` */
  kinds: string[];
  /** Parameters of the query that have to be there. */
  query: Record<string, JsonSchema>;
  body: JsonSchema | undefined;
}

export interface Document {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Schemas };
}

interface DocumentedOperation {
  'x-hiviex-access'?: Access;
  parameters?: { in: string; name: string; required?: boolean; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
}

export function operationsOf({ paths }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const access = operation['x-hiviex-access'];
      if (!access) throw new Error(`${name} does not say who may do it.`);
      const body = operation.requestBody?.content['application/json']?.schema;
      const needed = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.required);
      const query = Object.fromEntries(needed.map((one) => [one.name, one.schema]));
      return { name, method: method.toUpperCase(), path, access, kinds: kindsOf(path), query, body };
    }),
  );
}

function kindsOf(path: string): string[] {
  const blank = path.replace(/^\/api\/v1/, '').replace(/\{\w+\}/g, '{}');
  const kinds: string[] = [];
  for (let at = blank.indexOf('{}'); at >= 0; at = blank.indexOf('{}', at + 1))
    kinds.push(blank.slice(0, at + 2));
  return kinds;
}

/** The path with these ids in place of its parameters, in order. */
export function fill(path: string, ids: readonly string[]): string {
  let next = 0;
  return path.replace(/\{\w+\}/g, () => encodeURIComponent(ids[next++] ?? ''));
}
