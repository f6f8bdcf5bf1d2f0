import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';

/** An automation that holds the starts of an agent is changed there. @throws ApiProblem `automation-kept` */
export async function refuseKept(
  { db }: Pick<ApiDeps, 'db'>,
  workspace: string,
  automation: string,
): Promise<void> {
  const found = await db.inWorkspace(workspace, ({ automations }) => automations.get(automation));
  if (found?.startsAgent) throw new ApiProblem('automation-kept', { agent: found.startsAgent });
}
