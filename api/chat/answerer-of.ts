/** Who answers in a conversation: what is published now, if the asker may use it. */
import type { Answerer, WhileBusy } from '../../contracts/chat/conversation.ts';
import { mayDo } from '../access/authorize.ts';
import type { WorkspacePrincipal } from '../auth/principal.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';

export interface CurrentAnswerer {
  name: string;
  answerer: Answerer;
  whileBusy: WhileBusy;
}

/** @throws ApiProblem `answerer-not-shared`, `answerer-gone` when nothing of it is published */
export async function answererOf(
  { kind, id }: { kind: Answerer['kind']; id: string },
  principal: WorkspacePrincipal,
  deps: Pick<ApiDeps, 'db'>,
): Promise<CurrentAnswerer> {
  const action = kind === 'agent' ? 'agent.use' : 'automation.run';
  if (!(await mayDo(principal, action, () => ({ type: kind, id }), deps)))
    throw new ApiProblem('answerer-not-shared');
  return deps.db.inWorkspace(principal.workspace, async ({ agents, automations, versions }) => {
    if (kind === 'agent') {
      const found = await agents.get(id);
      if (!found) throw new ApiProblem('answerer-gone');
      const published = await agents.published(id);
      if (!published) throw new ApiProblem('answerer-gone');
      const { version, definition } = published;
      return {
        name: found.name,
        answerer: { kind, agent: id, version: version.id },
        whileBusy: definition.whileBusy,
      };
    }
    const found = await automations.get(id);
    if (!found) throw new ApiProblem('answerer-gone');
    const version = found.publishedVersion && (await versions.get(id, found.publishedVersion));
    if (!version) throw new ApiProblem('answerer-gone');
    return {
      name: found.name,
      answerer: { kind, automation: id, version: version.id },
      whileBusy: 'enqueue',
    };
  });
}
