/**
 * A route is declared once, and everything follows from the declaration: what is checked on the way in, what the handler is
 * given, what may go out, and its part of the OpenAPI document.
 *
 *   export const getThing = defineRoute({
 *     method: 'get', path: '/things/:id', summary: 'One thing', tag: 'things', auth: 'workspace',
 *     params: z.object({ id: z.string() }),
 *     responses: { 200: thing },
 *     handler: async ({ params, principal }, { db }) => ({ status: 200, body: await … }),
 *   });
 */
import type { Request } from 'express';
import type { z } from 'zod';
import type { Principal } from './auth/principal.ts';
import type { ApiDeps } from './deps.ts';

/** Where every route lives, unless it says `base`. */
export const apiBase = '/api/v1';

/** By status; `null` is an answer without a body. */
export type Responses = Readonly<Record<number, z.ZodType | null>>;

export type Answer<R extends Responses> = {
  [S in keyof R & number]: R[S] extends z.ZodType
    ? { status: S; body: z.output<R[S]>; headers?: Record<string, string> }
    : { status: S; headers?: Record<string, string> };
}[keyof R & number];

type Output<S> = S extends z.ZodType ? z.output<S> : undefined;

export type Auth = 'none' | 'workspace';

export interface Input<P, Q, B, A extends Auth> {
  params: Output<P>;
  query: Output<Q>;
  body: Output<B>;
  /** Who asks. Without `auth: 'workspace'` it may be nobody. */
  principal: A extends 'workspace' ? Principal : Principal | undefined;
  /** The caller's `Idempotency-Key`, on routes that are `idempotent`. */
  idempotencyKey: string | undefined;
  request: Request;
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
  /** The caller may send an `Idempotency-Key`; the handler honours it. */
  idempotent?: true;
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

export function pathOf(route: Route): string {
  return `${route.base ?? apiBase}${route.path}`;
}
