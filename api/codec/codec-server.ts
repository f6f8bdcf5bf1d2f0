/**
 * Temporal's codec protocol (https://docs.temporal.io/codec-server), so that the Temporal UI shows payloads to those who may see
 * them: POST `/api/v1/codec/decode` and `/encode` with `{ payloads }`. It is Temporal's protocol and not a route of ours, hence no
 * `defineRoute`; limits and errors are those of every request.
 *
 * Who asks: a session's cookie (a UI on the same site that sends cookies along), an API key (`temporal --codec-auth`), or a token in
 * the address (`/api/v1/codec/<token>/decode`, see viewing-token.ts). What they get: payloads of the workspaces in which they may
 * see every run, by the policy; others come back as sealed as they were.
 *
 * Only pages of the Temporal UI may read the answer (CORS), and asking changes nothing, so no page can do harm with a cookie.
 */

import type { Payload } from '@temporalio/common';
import { type RequestHandler, Router } from 'express';
import { can } from '../../contracts/access/can.ts';
import { workspaceOfPayload } from '../../payloads/index.ts';
import { authSecret } from '../auth/auth-secret.ts';
import { authenticate } from '../auth/index.ts';
import { parseBody, readBody } from '../body.ts';
import { clientIp } from '../client-ip.ts';
import type { ApiDeps } from '../deps.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import { ApiProblem } from '../problems.ts';
import { openViewing } from './viewing-token.ts';
import { fromWire, toWire, wirePayloads } from './wire-payload.ts';

/** Bytes: a page of a history with its payloads. */
const largestBody = 16_000_000;

interface Asker {
  /** Whether they may see every run of it. */
  maySee(workspace: string): Promise<boolean>;
  /** For what they seal. */
  workspace: string | undefined;
}

export function codecServer(deps: ApiDeps, limits: RateLimits): Router {
  const router = Router();
  router.use(allowTemporalUi(deps));
  router.post(['/decode', '/encode', '/:token/decode', '/:token/encode'], async (request, response) => {
    const meter = limits.meter('read', response);
    await meter.count({ ip: clientIp(request, deps.config) ?? 'unknown' });
    const { token } = request.params as { token?: string };
    const asker = await (token === undefined ? byCredential(request, deps) : byToken(token, deps));
    if (!asker) throw new ApiProblem('unauthorized');
    const body = parseBody('application/json', await readBody(request, largestBody));
    const read = wirePayloads.safeParse(body);
    if (!read.success) throw new ApiProblem('invalid-request');
    const payloads = read.data.payloads.map(fromWire);
    const work = request.path.endsWith('/decode') ? decode : encode;
    response.set('cache-control', 'no-store');
    response.json({ payloads: (await work(payloads, asker, deps)).map(toWire) });
  });
  return router;
}

async function decode(payloads: Payload[], asker: Asker, { codec, log }: ApiDeps): Promise<Payload[]> {
  const verdicts = new Map<string, Promise<boolean>>();
  const maySee = (workspace: string) => {
    const verdict = verdicts.get(workspace) ?? asker.maySee(workspace);
    verdicts.set(workspace, verdict);
    return verdict;
  };
  return Promise.all(
    payloads.map(async (payload) => {
      const workspace = workspaceOfPayload(payload);
      if (workspace === undefined || !(await maySee(workspace))) return payload;
      try {
        return (await codec.decode([payload]))[0]!;
      } catch (err) {
        // One whose key or object is gone hides the others from nobody.
        log.warn({ err }, 'a payload could not be opened for the Temporal UI');
        return payload;
      }
    }),
  );
}

/** What an operator gives a workflow by hand is sealed for the workspace that they act in. */
async function encode(
  payloads: Payload[],
  { workspace }: Asker,
  { codec, config }: ApiDeps,
): Promise<Payload[]> {
  if (workspace === undefined) throw new ApiProblem('no-workspace');
  const context = {
    type: 'workflow' as const,
    namespace: config.TEMPORAL_NAMESPACE,
    workflowId: `codec:${workspace}:by-hand`,
  };
  return codec.encode(payloads, context);
}

async function byCredential(
  request: Parameters<RequestHandler>[0],
  deps: ApiDeps,
): Promise<Asker | undefined> {
  const principal = await authenticate(request, deps);
  if (!principal) return undefined;
  const { workspace } = principal;
  if (principal.by === 'key') {
    const allowed = can(principal, 'run.view');
    return { workspace, maySee: async (wanted) => wanted === workspace && allowed };
  }
  return principal.secondFactorDue ? undefined : { workspace, maySee: memberMaySee(principal.user, deps) };
}

async function byToken(token: string, deps: ApiDeps): Promise<Asker | undefined> {
  const viewing = openViewing(await authSecret(deps), token);
  return viewing && { workspace: undefined, maySee: memberMaySee(viewing.user, deps) };
}

function memberMaySee(user: string, { db }: ApiDeps): Asker['maySee'] {
  return async (workspace) => {
    const member = await db.asSystem(({ members }) => members.find(workspace, user));
    return member !== undefined && can({ role: member.role }, 'run.view');
  };
}

/** Its pages, under either name of this machine; no other page may read what is decoded. */
function allowTemporalUi({ temporalUiUrl }: ApiDeps): RequestHandler {
  const origin = temporalUiUrl && URL.canParse(temporalUiUrl) ? new URL(temporalUiUrl).origin : undefined;
  const allowed = new Set(
    origin
      ? [origin, origin.replace('//127.0.0.1', '//localhost'), origin.replace('//localhost', '//127.0.0.1')]
      : [],
  );
  return (request, response, next) => {
    response.vary('Origin');
    const asking = request.headers.origin;
    if (asking === undefined) return next();
    if (!allowed.has(asking)) throw new ApiProblem('forbidden');
    response.setHeader('access-control-allow-origin', asking);
    response.setHeader('access-control-allow-credentials', 'true');
    if (request.method !== 'OPTIONS') return next();
    response.setHeader('access-control-allow-methods', 'POST');
    response.setHeader('access-control-allow-headers', 'content-type, x-namespace, authorization');
    response.setHeader('access-control-max-age', '600');
    response.status(204).end();
  };
}
