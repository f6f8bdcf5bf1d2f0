/** What can be done with an agent, in its row and in the editor. */
import type { Agent, AgentSummary } from '../../../../contracts/api/agents.ts';
import { deleteAgent, getAgent, sharedAgent, unpublishAgent, useAgentChange } from '../../api/agents.ts';
import { DraftedMenu } from '../../components/drafted-menu.tsx';
import { agentsText } from '../../i18n/agents.ts';
import { useCreateAgent } from './use-create-agent.ts';

export interface AgentMenuProps {
  agent: Pick<AgentSummary, 'id' | 'name' | 'publishedVersion'> & Pick<Agent, 'level'>;
  onDeleted?(): void;
  onUnpublished?(): void;
}

export function AgentMenu({ agent, onDeleted, onUnpublished }: AgentMenuProps) {
  const create = useCreateAgent();
  return (
    <DraftedMenu
      kind="agent"
      thing={agent}
      shared={sharedAgent(agent)}
      texts={agentsText}
      load={getAgent}
      onCopy={(of) => create.mutate({ kind: 'copy', of })}
      exampleRun={{ message: '…' }}
      remove={useAgentChange(deleteAgent)}
      unpublish={useAgentChange(unpublishAgent)}
      onDeleted={onDeleted}
      onUnpublished={onUnpublished}
    />
  );
}
