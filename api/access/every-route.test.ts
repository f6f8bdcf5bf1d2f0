import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ruleOf } from '../../contracts/access/actions.ts';
import { readConfig } from '../../contracts/config.ts';
import { createApp } from '../create-app.ts';
import type { ApiDeps } from '../deps.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { defineRoute, pathOf, type Route } from '../route.ts';
import { routes } from '../routes/index.ts';
import { isAction } from './authorize.ts';

/** Open to anybody, each for a reason. A route that is not here needs somebody signed in. */
const open: Record<string, string> = {
  'GET /healthz': 'orchestrators ask, and learn nothing but that the process is alive',
  'GET /readyz': 'orchestrators ask, and learn nothing but what is up',
  'GET /api/v1/instance': 'what the sign-in page needs',
  'GET /api/v1/objects': 'takes a link that is signed for one file and expires',
  'PUT /api/v1/objects': 'takes a link that is signed for one upload, its length and type, and expires',
  'POST /api/v1/shared': 'takes the token of a link by which somebody shares a conversation',
  'POST /api/v1/shared/pictures':
    'takes the token of such a link; shows pictures of allowed hosts that the conversation names',
  'GET /api/v1/shared/attachments': 'takes a link that is signed for one attached picture of it and expires',
  'POST /api/v1/setup': 'there is nobody yet; takes the one-time token of the console',
  'POST /api/v1/session': 'signs in',
  'DELETE /api/v1/session': 'signs out; who is out already may',
  'POST /api/v1/session/magic-link': 'signs in by mail; answers alike for every address',
  'POST /api/v1/sign-up': 'makes an account, where the operator opened it',
  'POST /api/v1/account/verify-email': 'takes the token that was mailed, and the password',
  'POST /api/v1/password/forgotten': 'asks for a mail; answers alike for every address',
  'POST /api/v1/password/reset': 'takes the token that was mailed',
  'POST /api/v1/invitations/preview': 'takes the token of the invitation',
  'POST /api/v1/invitations/sign-up': 'takes the token of the invitation',
};

/** Pages for people without an account, outside the API: each takes what its address holds. */
const pages = ['/approve/:token', '/forms/:path', '/forms/page/:token', '/forms/test/:path'];

const nameOf = (route: Pick<Route, 'method' | 'path' | 'base'>) =>
  `${route.method.toUpperCase()} ${pathOf(route as Route)}`;

describe('every route', () => {
  it('asks the policy, or is on the list of those that are open to anybody', () => {
    const unguarded = routes.filter(({ auth }) => auth === 'none').map(nameOf);
    expect(unguarded.toSorted()).toEqual(Object.keys(open).toSorted());
  });

  it('about one thing names it, where a grant on the thing could allow what the role does not', () => {
    const blind = routes.filter(
      ({ path, auth, resource }) => path.includes(':') && isAction(auth) && ruleOf(auth).grant && !resource,
    );
    expect(blind.map(nameOf)).toEqual([]);
  });

  it('can not be declared without saying who may ask', () => {
    const unsaid = {
      method: 'get' as const,
      path: '/nothing',
      summary: '',
      tag: '',
      responses: { 204: null },
      handler: () => ({ status: 204 as const }),
    };
    // @ts-expect-error `auth` is missing: the compiler holds this line
    const without = defineRoute(unsaid);
    // @ts-expect-error there is no such action
    const misspelt = defineRoute({ ...unsaid, auth: 'automation.veiw' });
    // Past the compiler neither would pass the two tests above.
    for (const { auth } of [without, misspelt]) expect(auth === 'none' || isAction(auth ?? '')).toBe(false);
  });

  it('is declared: the app answers at no other address but that of the document', () => {
    // Mounting asks nothing of what a request would need.
    const deps = { config: readConfig({}), log: pino({ level: 'silent' }) } as ApiDeps;
    const app = createApp(deps, {} as RateLimits);
    const mounted = app.router.stack.flatMap(({ route }) => route?.path ?? []);
    const declared = new Set(routes.map(pathOf));
    const undeclared = [...new Set(mounted)].filter((path) => !declared.has(path));
    expect(undeclared.sort()).toEqual(['/api/v1/openapi.json', ...pages]);
  });
});
