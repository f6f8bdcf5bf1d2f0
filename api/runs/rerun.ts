/** Taking up a run, for the routes: their words into the room's, its refusals into problems. */
import type { z } from 'zod';
import type { startRerun as startRerunBody } from '../../contracts/api/reruns.ts';
import { validateGraph } from '../../contracts/validate-graph.ts';
import type { RerunFrom, RerunRefusal } from '../../runs/plan-rerun.ts';
import { prepareRerun, type RerunRequest, startRerun } from '../../runs/start-rerun.ts';
import { runIdOf } from '../../runs/start-run.ts';
import { mayDo } from '../access/authorize.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import { checkExpression } from '../check-expression.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, invalidGraph, notFound } from '../problems.ts';

type Body = z.output<typeof startRerunBody>;

/** @throws ApiProblem */
export async function planOf(deps: ApiDeps, principal: WorkspacePrincipal, run: string, body: Body) {
  const request = await requestOf(deps, principal, run, body);
  const preparation = await prepareRerun(deps, request);
  if (preparation.kind === 'refused') throw refusal(preparation.code, run);
  const { reused, runs, changed } = preparation.prepared.plan;
  return { reused, runs, changed };
}

/**
 * @param idempotencyKey the same key finds the same run
 * @throws ApiProblem
 */
export async function rerun(
  deps: ApiDeps,
  principal: WorkspacePrincipal,
  run: string,
  { idempotencyKey, ...body }: Body & { idempotencyKey: string | undefined },
) {
  const request = await requestOf(deps, principal, run, body);
  const id = idempotencyKey && runIdOf('rerun', principal.workspace, run, idempotencyKey);
  const result = await startRerun(deps, request, id);
  if (result.kind === 'refused') throw refusal(result.code, run);
  // Who gets the id may read the run at once.
  await deps.writer.flush();
  const { reused, runs, changed } = result.plan;
  return { id: result.run, workflowId: result.workflowId, reused, runs, changed };
}

async function requestOf(
  deps: ApiDeps,
  principal: WorkspacePrincipal,
  run: string,
  { from, node, version, items, input }: Body,
): Promise<RerunRequest> {
  if (from === 'node' && node === undefined) throw new ApiProblem('node-gone');
  const { workspace } = principal;
  await checkDraft(deps, principal, run, version);
  return { workspace, run, from: fromOf(from, node), version, items, input, startedBy: principal.user };
}

function fromOf(from: Body['from'], node: string | undefined): RerunFrom {
  return from === 'node' ? { kind: 'node', node: node!, alone: false } : { kind: from };
}

/** Unfinished work is for who may run it, and only without errors. A run of a draft is one, whichever version is asked for. */
async function checkDraft(
  deps: ApiDeps,
  principal: WorkspacePrincipal,
  run: string,
  version: Body['version'],
): Promise<void> {
  const found = await deps.db.inWorkspace(principal.workspace, ({ runs }) => runs.get(run));
  if (!found) throw notFound('run');
  const runsDraft = version === 'draft' || (version === 'same' && found.version.id.startsWith('draft:'));
  if (!runsDraft) return;
  const resource = () => ({ type: 'automation' as const, id: found.automation.id });
  if (!(await mayDo(principal, 'automation.run-draft', resource, deps))) throw new ApiProblem('forbidden');
  if (version !== 'draft') return;
  const stored = await deps.db.inWorkspace(principal.workspace, ({ automations }) =>
    automations.get(found.automation.id),
  );
  const problems = stored ? validateGraph(stored.draft, { checkExpression }) : [];
  if (problems.some(({ severity }) => severity === 'error')) throw invalidGraph(problems);
}

export function refusal(code: RerunRefusal, run: string): ApiProblem {
  if (code === 'not-found') return notFound('run');
  return new ApiProblem(code, {}, { run });
}
