/** Puts declared routes on an Express router: count, authorise, check what comes in, run, check what goes out, write down, answer. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { authorize } from './access/authorize.ts';
import { createAuditRates, createTrail, type Trail } from './audit/trail.ts';
import { authenticate, type Principal } from './auth/index.ts';
import { refuseForeignOrigin } from './auth/same-origin.ts';
import { parseBody, readBody } from './body.ts';
import { clientIp } from './client-ip.ts';
import type { ApiDeps } from './deps.ts';
import { once, ownKey } from './idempotency.ts';
import { rateClassOf } from './limits/rate-class.ts';
import type { Meter, RateLimits, Subjects } from './limits/rate-limits.ts';
import { ApiProblem, type FieldError, languageOf, toProblem } from './problems.ts';
import { pathOf, type Reply, type Route } from './route.ts';

/** Longest `Idempotency-Key`, in characters. */
const longestKey = 255;

export interface MountOptions {
  /** Check answers against their schemas: in tests and development, where a wrong one is a bug to be seen. */
  checkResponses: boolean;
  limits: RateLimits;
}

export function mountRoutes(
  router: Router,
  routes: readonly Route[],
  deps: ApiDeps,
  { checkResponses, limits }: MountOptions,
): void {
  const auditRates = createAuditRates();
  for (const route of routes) {
    const rateClass = rateClassOf(route);
    router[route.method](pathOf(route), async (request, response) => {
      const meter = rateClass && limits.meter(rateClass, response);
      const trail = createTrail(deps, auditRates, route, request);
      let succeeded = false;
      try {
        const input = await readInput(route, request, deps, { meter, trail });
        const reply = await answer(route, input, deps);
        if (checkResponses) checkReply(route, reply);
        await trail.done(reply);
        succeeded = reply.status < 400;
        await send(route, response, reply);
      } catch (error) {
        const problem = toProblem(error, deps.log);
        await trail.failed(problem);
        throw problem;
      } finally {
        await meter?.settle(succeeded);
      }
    });
  }
}

interface ReadInput {
  principal: Principal | undefined;
  request: Request;
  idempotencyKey: string | undefined;
  params: unknown;
  query: unknown;
  body: unknown;
  note: Trail['note'];
}

/** What has been asked about one request along the way: its rate limits, unless it has none, and its audit row. */
interface Watch {
  meter: Meter | undefined;
  trail: Trail;
}

async function readInput(
  route: Route,
  request: Request,
  deps: ApiDeps,
  { meter, trail }: Watch,
): Promise<ReadInput> {
  await meter?.count({ ip: clientIp(request, deps.config) ?? 'unknown' });
  const principal = await authenticate(request, deps);
  trail.knows(principal);
  if (principal) await meter?.count(subjectsOf(principal));
  // A cookie comes along whoever makes the request; an API key does not.
  const byCookie = principal?.by === 'session' || route.auth === 'none';
  if (route.method !== 'get' && byCookie) refuseForeignOrigin(request, deps.config);
  await authorize(route, request.params as Record<string, string>, principal, deps);
  const language = languageOf(request.headers['accept-language']);
  const input = {
    principal,
    request,
    idempotencyKey: route.idempotent ? idempotencyKeyOf(request, principal) : undefined,
    params: check(route.params, request.params, language),
    query: check(route.query, request.query, language),
    body:
      route.body &&
      check(route.body, await readJson(request, deps.config.HIVIEX_MAX_BODY_BYTES, { byCookie }), language),
    note: trail.note,
  };
  await meter?.count({ address: emailOf(input.body) });
  return input;
}

function answer(route: Route, input: ReadInput, deps: ApiDeps): Promise<Reply> | Reply {
  const work = () => route.handler(input, deps);
  const { idempotencyKey: key, principal, request, body } = input;
  if (!key || !principal?.workspace) return work();
  const { method, path } = request;
  return once(deps, { workspace: principal.workspace, key, method, path, body }, work);
}

/** A person is one, with however many sessions. */
function subjectsOf(principal: Principal): Subjects {
  const { workspace } = principal;
  if (principal.by === 'session') return { credential: principal.user, workspace };
  return { credential: principal.key, workspace, ownLimit: principal.rateLimit };
}

/** The address that a sign-in or a mail is about. */
function emailOf(body: unknown): string | undefined {
  const { email } = (body ?? {}) as { email?: unknown };
  return typeof email === 'string' ? email : undefined;
}

/** @param byCookie a form of another site can send any body but JSON: only a declared JSON body is read */
async function readJson(
  request: Request,
  limit: number,
  { byCookie }: { byCookie: boolean },
): Promise<unknown> {
  const type = request.headers['content-type'];
  const body = await readBody(request, limit);
  if (body.length > 0 && (type !== undefined || byCookie) && !request.is(['json', '+json']))
    throw new ApiProblem('unsupported-body', { type: type ?? '–' });
  return parseBody('application/json', body);
}

function check(schema: z.ZodType | undefined, value: unknown, language: 'en' | 'pt'): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value, language === 'pt' ? { error: portuguese } : {});
  if (parsed.success) return parsed.data;
  const errors: FieldError[] = parsed.error.issues.map((issue) => ({
    message: issue.message,
    field: issue.path.join('.'),
    code: issue.code,
  }));
  throw new ApiProblem('invalid-request', {}, { errors });
}

const portuguese = z.locales.ptBR().localeError;

function idempotencyKeyOf(request: Request, principal: Principal | undefined): string | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined || !principal) return undefined;
  if (key.length > 0 && key.length <= longestKey) return ownKey(principal, key);
  throw new ApiProblem(
    'invalid-request',
    {},
    {
      errors: [{ message: `1 to ${longestKey} characters`, field: 'Idempotency-Key' }],
    },
  );
}

function checkReply(route: Route, { status, body }: Reply): void {
  const name = `${route.method.toUpperCase()} ${pathOf(route)}`;
  const schema = route.responses[status];
  if (schema === undefined) throw new Error(`${name} answered ${status}, which it does not declare.`);
  if (schema === null) {
    if (body !== undefined) throw new Error(`${name} answered ${status} with a body; none is declared.`);
    return;
  }
  if (typeof schema === 'string') return;
  if ('events' in schema && body instanceof Readable) return;
  const parsed = ('events' in schema ? schema.json : schema).safeParse(body);
  if (!parsed.success) throw new Error(`${name} broke its own schema: ${z.prettifyError(parsed.error)}`);
}

async function send(route: Route, response: Response, { status, body, headers }: Reply): Promise<void> {
  response.status(status);
  response.set('cache-control', 'no-store');
  const declared = route.responses[status];
  if (typeof declared === 'string') response.type(declared);
  else if (declared && 'events' in declared && body instanceof Readable) response.type(declared.events);
  response.set(headers ?? {});
  if (body === undefined) response.end();
  else if (body instanceof Readable) await stream(body, response);
  else response.json(body);
}

async function stream(body: Readable, response: Response): Promise<void> {
  try {
    await pipeline(body, response);
  } catch (error) {
    // The caller left in the middle: there is nobody to tell, and nothing of ours broke.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
