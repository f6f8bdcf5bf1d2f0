/** Who answers in a conversation: what is published now, if the asker may use it. */
import type { ConversationTrial } from '../../contracts/api/conversations.ts';
import type { Answerer, WhileBusy } from '../../contracts/chat/conversation.ts';
import { mayDo } from '../access/authorize.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';

export interface CurrentAnswerer {
  answerer: Answerer;
  whileBusy: WhileBusy;
}

/** @throws ApiProblem `answerer-not-shared`, `answerer-gone` when nothing of it is published, or there is no draft to try */
export async function answererOf(
  { kind, id }: { kind: Answerer['kind']; id: string },
  trial: ConversationTrial | undefined,
  principal: WorkspacePrincipal,
  deps: Pick<ApiDeps, 'db'>,
): Promise<CurrentAnswerer> {
  const action =
    kind === 'automation' ? 'automation.run' : trial === 'draft' ? 'agent.try-draft' : 'agent.use';
  if (!(await mayDo(principal, action, () => ({ type: kind, id }), deps)))
    throw new ApiProblem('answerer-not-shared');
  return deps.db.inWorkspace(principal.workspace, async ({ agents, automations }) => {
    if (kind === 'agent' && trial === 'draft') {
      const stored = await agents.get(id);
      if (!stored) throw new ApiProblem('answerer-gone');
      return { answerer: { kind, agent: id, version: '' }, whileBusy: stored.draft.whileBusy };
    }
    if (kind === 'agent') {
      const published = await agents.published(id);
      if (!published) throw new ApiProblem('answerer-gone');
      const { version, definition } = published;
      return { answerer: { kind, agent: id, version: version.id }, whileBusy: definition.whileBusy };
    }
    const published = await automations.published(id);
    if (!published) throw new ApiProblem('answerer-gone');
    return { answerer: { kind, automation: id, version: published.version.id }, whileBusy: 'enqueue' };
  });
}
