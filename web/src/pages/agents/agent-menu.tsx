/** What can be done with an agent, in its row and in the editor. */
import { Menu } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import type { Agent, AgentSummary } from '../../../../contracts/api/agents.ts';
import { deleteAgent, getAgent, sharedAgent, unpublishAgent, useAgentChange } from '../../api/agents.ts';
import { useCan } from '../../api/session.ts';
import { DraftedMenu } from '../../components/drafted-menu.tsx';
import { OtherProgramsDialog } from '../../components/other-programs/other-programs-dialog.tsx';
import { agentsText } from '../../i18n/agents.ts';
import { useT } from '../../i18n/language.ts';
import { otherProgramsText } from '../../i18n/other-programs.ts';
import { useCreateAgent } from './use-create-agent.ts';

export interface AgentMenuProps {
  agent: Pick<AgentSummary, 'id' | 'name' | 'publishedVersion'> & Pick<Agent, 'level'>;
  onDeleted?(): void;
  onUnpublished?(): void;
}

export function AgentMenu({ agent, onDeleted, onUnpublished }: AgentMenuProps) {
  const t = useT();
  const create = useCreateAgent();
  const [shows, setShows] = useState(false);
  const mayUse = useCan('agent.use', sharedAgent(agent)) && agent.publishedVersion !== undefined;
  const menu = (
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
    >
      {mayUse && (
        <Menu.Item
          leftSection={<IconPlugConnected size={16} />}
          onClick={() => setShows(true)}
          data-testid="other-programs"
        >
          {t(otherProgramsText.menu)}
        </Menu.Item>
      )}
    </DraftedMenu>
  );
  return (
    <>
      {menu}
      <OtherProgramsDialog agent={agent} opened={shows} onClose={() => setShows(false)} />
    </>
  );
}
