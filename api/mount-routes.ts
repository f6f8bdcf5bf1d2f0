/** Puts declared routes on an Express router: authorise, check what comes in, run, check what goes out, answer. */
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { authorize } from './access/authorize.ts';
import { authenticate, type Principal } from './auth/index.ts';
import { refuseForeignOrigin } from './auth/same-origin.ts';
import { parseBody, readBody } from './body.ts';
import type { ApiDeps } from './deps.ts';
import { once } from './idempotency.ts';
import { ApiProblem, type FieldError, languageOf } from './problems.ts';
import { pathOf, type Reply, type Route } from './route.ts';

/** Longest `Idempotency-Key`, in characters. */
const longestKey = 255;

export interface MountOptions {
  /** Check answers against their schemas: in tests and development, where a wrong one is a bug to be seen. */
  checkResponses: boolean;
}

export function mountRoutes(
  router: Router,
  routes: readonly Route[],
  deps: ApiDeps,
  options: MountOptions,
): void {
  for (const route of routes) {
    router[route.method](pathOf(route), async (request, response) => {
      const input = await readInput(route, request, deps);
      const work = () => route.handler(input, deps);
      const reply =
        input.idempotencyKey && input.principal?.workspace
          ? await once(
              deps,
              {
                workspace: input.principal.workspace,
                key: input.idempotencyKey,
                method: request.method,
                path: request.path,
                body: input.body,
              },
              work,
            )
          : await work();
      if (options.checkResponses) checkReply(route, reply);
      send(response, reply);
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
}

async function readInput(route: Route, request: Request, deps: ApiDeps): Promise<ReadInput> {
  const principal = await authenticate(request, deps);
  if (route.method !== 'get' && (principal?.by === 'session' || route.auth === 'none'))
    refuseForeignOrigin(request, deps.config);
  await authorize(route, request.params as Record<string, string>, principal, deps);
  const language = languageOf(request.headers['accept-language']);
  return {
    principal,
    request,
    idempotencyKey: route.idempotent ? idempotencyKeyOf(request) : undefined,
    params: check(route.params, request.params, language),
    query: check(route.query, request.query, language),
    body:
      route.body && check(route.body, await readJson(request, deps.config.HIVIEX_MAX_BODY_BYTES), language),
  };
}

async function readJson(request: Request, limit: number): Promise<unknown> {
  const type = request.headers['content-type'];
  const body = await readBody(request, limit);
  if (body.length > 0 && type !== undefined && !request.is(['json', '+json']))
    throw new ApiProblem('unsupported-body', { type });
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

function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined || (key.length > 0 && key.length <= longestKey)) return key;
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
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Error(`${name} broke its own schema: ${z.prettifyError(parsed.error)}`);
}

function send(response: Response, { status, body, headers }: Reply): void {
  response.status(status);
  response.set('cache-control', 'no-store');
  response.set(headers ?? {});
  if (body === undefined) response.end();
  else response.json(body);
}
