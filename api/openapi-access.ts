/** What the OpenAPI document says of access: who may do an operation, with which credential, and how the others are refused. */
import { ruleOf } from '../contracts/access/actions.ts';
import { isAction } from './access/authorize.ts';
import { pathOf, type Route } from './route.ts';

type Json = Record<string, unknown>;

export const securitySchemes: Json = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, personal or of a service account. It belongs to one workspace.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'hiviex_session',
    description:
      "A signed-in browser, in its active workspace; the header `Hiviex-Workspace` names another of the person's. Over HTTPS the cookie is named `__Host-hiviex_session`.",
  },
};

/** `security`, and the same in full as `x-hiviex-access`: docs/roles.md explains the words. */
export function accessOf({ auth }: Pick<Route, 'auth'>): Json {
  if (auth === 'none') return { security: [], 'x-hiviex-access': { auth: 'none' } };
  const anyCredential = [{ apiKey: [] }, { session: [] }];
  if (!isAction(auth)) {
    // Somebody's own account is for them, not for a program that has their key.
    const security = auth === 'signed-in' ? anyCredential : [{ session: [] }];
    return { security, 'x-hiviex-access': { auth } };
  }
  const { roles, scope, grant } = ruleOf(auth);
  return {
    security: anyCredential,
    'x-hiviex-access': {
      auth: 'action',
      action: auth,
      roles,
      scope,
      ...(grant && { grant: { resource: grant[0], level: grant[1] } }),
    },
  };
}

const refusals = {
  401: ['Unauthorized', 'Nobody is signed in, or the second factor is still due.'],
  403: ['Forbidden', 'The right is missing. It says nothing about whether there is such a thing.'],
  404: ['NotFound', 'There is no such thing in this workspace; what belongs to another one answers alike.'],
  429: ['TooManyRequests', 'Too many requests; `Retry-After` says how many seconds to wait.'],
} as const;

/** The statuses that every route of the kind may be refused with, whatever else it declares. */
export function refusalsOf(route: Pick<Route, 'auth' | 'params' | 'path' | 'base' | 'speaks'>): Json {
  const statuses = [
    ...(route.auth === 'none' ? [] : ([401, 403] as const)),
    // A session that asks for a workspace which is not its person's is told that there is none.
    ...(route.params || isAction(route.auth) ? ([404] as const) : []),
    ...(route.speaks === undefined && pathOf(route as Route) === route.path ? [] : ([429] as const)),
  ];
  const nameOf = (status: keyof typeof refusals) =>
    route.speaks === 'openai' ? 'OpenAiError' : refusals[status][0];
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${nameOf(status)}` }]),
  );
}

export function openAiResponses(error: Json): Json {
  const content = { 'application/json': { schema: error } };
  return { OpenAiError: { description: 'What happened and what to do next, as OpenAI says it.', content } };
}

export function problemResponses(problem: Json): Json {
  const content = { 'application/problem+json': { schema: problem } };
  return {
    Problem: { description: 'What happened and what to do next.', content },
    ...Object.fromEntries(
      Object.values(refusals).map(([name, description]) => [
        name,
        {
          description,
          ...(name === 'TooManyRequests' && {
            headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } },
          }),
          content,
        },
      ]),
    ),
  };
}
