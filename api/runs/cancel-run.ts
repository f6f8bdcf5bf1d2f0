import type { RunState } from '../../contracts/states.ts';
import { cancelRun as requestCancel } from '../../runs/cancel-run.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, notFound } from '../problems.ts';

/**
 * @returns the state as it is recorded now; `cancelled` follows
 * @throws ApiProblem `not-found`, `run-ended`
 */
export async function cancelRun(
  deps: Pick<ApiDeps, 'db' | 'temporal'>,
  of: { workspace: string; run: string },
): Promise<RunState> {
  const result = await requestCancel(deps, of);
  if (result.kind === 'not-found') throw notFound('run');
  if (result.kind === 'ended') throw new ApiProblem('run-ended', { state: result.state }, { run: of.run });
  return result.state;
}
