/**
 * Who may let an agent start by itself: it is an automation in all but name, and hears events of the whole workspace. So a start that
 * the draft did not have before takes the right to make automations.
 */
import { can } from '../../contracts/access/can.ts';
import type { AgentDefinition } from '../../contracts/agents/agent.ts';
import { contentHash } from '../../db/index.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import { ApiProblem } from '../problems.ts';

/** @param before what this one takes the place of, if any. @throws ApiProblem `starts-not-allowed` */
export function checkStarts(
  principal: WorkspacePrincipal,
  { before, after }: { before: AgentDefinition | undefined; after: AgentDefinition },
): void {
  const known = new Set(before?.starts?.map(contentHash));
  const isNew = after.starts?.some((start) => !known.has(contentHash(start)));
  if (isNew && !can(principal, 'automation.create')) throw new ApiProblem('starts-not-allowed');
}
