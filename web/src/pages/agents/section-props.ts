/** What every section of the form of an agent is given. */
import type { AgentDefinition } from '../../../../contracts/agents/agent.ts';
import type { AgentEdit } from './use-agent-edit.ts';

export interface SectionProps {
  draft: AgentDefinition;
  errors: AgentEdit['errors'];
  changeDraft: AgentEdit['changeDraft'];
}
