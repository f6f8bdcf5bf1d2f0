/** Puts a graph live: the draft, or what an old version holds. It becomes an immutable version, and the world may start it. */
import type { Request } from 'express';
import type { Published } from '../../contracts/api/automations.ts';
import type { Graph } from '../../contracts/graph.ts';
import { validateForPublish } from '../../contracts/validate-graph.ts';
import type { PublishedCall } from '../../db/index.ts';
import { clockedNodes } from '../../runs/schedules/clock-of.ts';
import { syncSchedules } from '../../runs/schedules/sync-schedules.ts';
import { visibleTo } from '../access/visible-to.ts';
import type { AuditDetails } from '../audit/audit.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import { checkExpression } from '../check-expression.ts';
import { checkCredentialUse } from '../credentials/check-use.ts';
import type { ApiDeps } from '../deps.ts';
import { webhooksOf } from '../hooks/webhooks-of.ts';
import { ApiProblem, invalidGraph, notFound } from '../problems.ts';
import { publicUrl } from '../public-url.ts';
import { callCircles } from './call-circles.ts';

export interface Publishing {
  principal: WorkspacePrincipal;
  request: Request;
  automation: { id: string; name: string };
  graph: Graph;
  note?: string | undefined;
}

/** @throws ApiProblem `invalid-graph`, `path-taken`, `address-taken`, `not-found`, or about credentials */
export async function publishGraph(
  { db, bus, temporal, config }: ApiDeps,
  { principal, request, automation: { id, name }, graph, note }: Publishing,
): Promise<{ published: Published; details: AuditDetails }> {
  const { workspace } = principal;
  const former = await db.inWorkspace(workspace, ({ automations }) => automations.published(id));
  const { webhooks, problems } = webhooksOf(graph);
  const found = [...validateForPublish(graph, { checkExpression }), ...problems];
  if (found.some(({ severity }) => severity === 'error')) throw invalidGraph(found);
  await checkCredentialUse({ db }, principal, { before: former?.graph, after: graph, approved: true });

  const by = principal.user;
  const result = await db.inWorkspace(workspace, ({ automations }) =>
    automations.publish(id, { graph, webhooks, by, note }),
  );
  if (result.kind === 'not-found') throw notFound('automation');
  if (result.kind === 'path-taken')
    throw new ApiProblem('path-taken', { method: result.method, path: `/hooks/${result.path}` });
  if (result.kind === 'address-taken') throw new ApiProblem('address-taken', { address: result.address });

  const { version } = result;
  // Before the schedules, which may fail: webhooks answer by the new version from here on.
  bus.publish({ kind: 'automation.changed', workspace, automation: id });
  await syncSchedules(
    { db, temporal },
    { workspace, automation: id, former: former && clockedNodes(former.graph).map(({ id: node }) => node) },
  );
  const calls = await db.asSystem(({ graphs }) => graphs.calls(workspace));
  const seesAll = visibleTo(principal, 'automation.view') === 'all';
  const warnings = callCircles({ id, name, graph }, seesAll ? calls : calls.map(nameless));
  const base = publicUrl(config, request);
  return {
    published: {
      version,
      webhooks: webhooks.map(({ node, method, path }) => ({ node, method, url: `${base}/hooks/${path}` })),
      ...(warnings.length > 0 && { warnings }),
    },
    details: {
      resource: { type: 'automation', id, name },
      after: { version: version.number, webhooks: webhooks.map(({ method, path }) => `${method} ${path}`) },
    },
  };
}

/** For who may not see every automation: a circle is told without the names of others. */
function nameless(call: PublishedCall): PublishedCall {
  return { ...call, name: '…' };
}
