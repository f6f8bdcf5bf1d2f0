/**
 * A route is declared once, and everything follows from the declaration: what is checked on the way in, what the handler is
 * given, what may go out, and its part of the OpenAPI document.
 *
 *   export const getThing = defineRoute({
 *     method: 'get', path: '/things/:id', summary: 'One thing', tag: 'things', auth: 'thing.view',
 *     params: z.object({ id: z.string() }), resource: sharedBy('thing', 'id'),
 *     responses: { 200: thing },
 *     handler: async ({ params, principal }, { db }) => ({ status: 200, body: await … }),
 *   });
 */
import type { Readable } from 'node:stream';
import type { Request } from 'express';
import type { z } from 'zod';
import type { Action } from '../contracts/access/actions.ts';
import type { ResourceType } from '../contracts/access/roles.ts';
import type { RateClass } from '../contracts/rate-limits.ts';
import type { AuditDetails } from './audit/audit.ts';
import type { Principal, SessionPrincipal, WorkspacePrincipal } from './auth/principal.ts';
import type { ApiDeps } from './deps.ts';

/** Where every route lives, unless it says `base`. */
export const apiBase = '/api/v1';

/** A JSON body, or server-sent events where the request asks for them. */
export interface JsonOrEvents<S extends z.ZodType = z.ZodType> {
  json: S;
  events: 'text/event-stream';
}

export function orEvents<S extends z.ZodType>(json: S): JsonOrEvents<S> {
  return { json, events: 'text/event-stream' };
}

/** By status: the schema of a JSON body, the media type of a streamed one, either, or `null` for none. */
export type Responses = Readonly<
  Record<
    number,
    z.ZodType | JsonOrEvents | 'text/csv' | 'text/event-stream' | 'application/octet-stream' | null
  >
>;

export type Answer<R extends Responses> = {
  [S in keyof R & number]: R[S] extends z.ZodType
    ? { status: S; body: z.output<R[S]>; headers?: Record<string, string> }
    : R[S] extends JsonOrEvents<infer J>
      ? { status: S; body: z.output<J> | Readable; headers?: Record<string, string> }
      : R[S] extends string
        ? { status: S; body: Readable; headers?: Record<string, string> }
        : { status: S; headers?: Record<string, string> };
}[keyof R & number];

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;

/**
 * Who may ask: anybody; whoever has a valid credential, of any kind, even one that owes the second factor (to be told just that); a
 * signed-in person, whatever their workspace (API keys may not); a person who still owes the second factor; or, by the policy,
 * whoever may do this action in the workspace.
 */
export type Auth = 'none' | 'signed-in' | 'user' | 'second-factor' | Action;

type PrincipalFor<A extends Auth> = A extends 'none'
  ? Principal | undefined
  : A extends 'signed-in'
    ? Principal
    : A extends 'user' | 'second-factor'
      ? SessionPrincipal
      : WorkspacePrincipal;

/** The one thing a request is about, as far as grants know it. */
export interface Resource {
  type: ResourceType;
  id: string;
}

export interface Input<P, Q, B, A extends Auth> {
  params: Output<P>;
  query: Output<Q>;
  body: Output<B>;
  /** Who asks. With `auth: 'none'` it may be nobody. */
  principal: PrincipalFor<A>;
  /** The caller's `Idempotency-Key`, on routes that are `idempotent`. */
  idempotencyKey: string | undefined;
  request: Request;
  /** Tells the audit log more about this write than the route does: what it was about, and what changed. */
  note(details: AuditDetails): void;
}

export interface RouteSpec<P, Q, B, R extends Responses, A extends Auth> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** In Express's words: `/automations/:id`. */
  path: string;
  base?: '';
  summary: string;
  description?: string;
  /** The resource, which groups routes in the document. */
  tag: string;
  params?: P;
  query?: Q;
  body?: B;
  responses: R;
  auth: A;
  /** The resource whose grants may allow what the role does not. Undefined for an id that leads nowhere in this workspace. */
  resource?(
    params: Readonly<Record<string, string>>,
    context: { workspace: string; db: ApiDeps['db'] },
  ): Promise<Resource | undefined> | Resource;
  /** The caller may send an `Idempotency-Key`; the handler honours it. */
  idempotent?: true;
  /** Whose budget a request is counted against; default: `read` or `write` by method, `sign-in` for writes before one is signed in. */
  limit?: RateClass | 'none';
  /**
   * Writes are audited once they are done, under the name of the action, unless the handler has called `audit` itself. `false`: nothing
   * changes. A text: the name, where the action's says too little. `by-minute`: programs do it many times a second, so of an API key
   * it is one row a minute for each resource, with how often.
   */
  audit?: string | false | 'by-minute';
  /** In whose shape it tells what went wrong; left out: problem+json. */
  speaks?: 'openai';
  /** Request headers that the handler reads, with what they do. */
  headers?: Readonly<Record<string, string>>;
  handler(input: Input<P, Q, B, A>, deps: ApiDeps): Promise<Answer<NoInfer<R>>> | Answer<NoInfer<R>>;
}

/** A route whose types are checked; what mounts and documents it needs only this. */
export interface Route extends Omit<RouteSpec<unknown, unknown, unknown, Responses, Auth>, 'handler'> {
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  handler(input: unknown, deps: ApiDeps): Promise<Reply> | Reply;
}

export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export function defineRoute<
  R extends Responses,
  A extends Auth,
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(route: RouteSpec<P, Q, B, R, A>): Route {
  return route as unknown as Route;
}

/** The resource whose id is a parameter of the path. */
export function sharedBy(
  type: ResourceType,
  param: string,
): (params: Readonly<Record<string, string>>) => Resource {
  return (params) => ({ type, id: params[param] ?? '' });
}

export function pathOf(route: Route): string {
  return `${route.base ?? apiBase}${route.path}`;
}
