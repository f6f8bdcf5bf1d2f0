import { agentDefinition } from '../../contracts/agents/agent.ts';
import type { Database } from '../../db/index.ts';

/** Makes an agent of the workspace and publishes it. @returns its id */
export function publishAgent(
  db: Database,
  workspace: string,
  name: string,
  draft: object = {},
): Promise<string> {
  const definition = agentDefinition.parse(draft);
  return db.inWorkspace(workspace, async ({ agents }) => {
    const { id } = await agents.create({ name, description: '', visibility: 'private', draft: definition });
    await agents.publish(id, { definition });
    return id;
  });
}
