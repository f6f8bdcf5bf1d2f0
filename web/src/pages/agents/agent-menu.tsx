/** What can be done with an agent, in its row and in the editor. */
import { ActionIcon, Menu } from '@mantine/core';
import {
  IconCopy,
  IconDots,
  IconDownload,
  IconPlayerPause,
  IconShare,
  IconTerminal2,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Agent, AgentSummary } from '../../../../contracts/api/agents.ts';
import { deleteAgent, getAgent, sharedAgent, unpublishAgent, useAgentChange } from '../../api/agents.ts';
import { apiRoot } from '../../api/client.ts';
import { useCan } from '../../api/session.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { notifyDone, notifyError } from '../../components/error-notice.tsx';
import { ShareDialog } from '../../components/sharing/share-dialog.tsx';
import { agentsText } from '../../i18n/agents.ts';
import { automationsText } from '../../i18n/automations.ts';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { sharingText } from '../../i18n/sharing.ts';
import { curl } from '../../lib/curl.ts';
import { downloadText } from '../../lib/download-text.ts';
import { useCreateAgent } from './use-create-agent.ts';

export interface AgentMenuProps {
  agent: Pick<AgentSummary, 'id' | 'name' | 'publishedVersion'> & Pick<Agent, 'level'>;
  onDeleted?(): void;
  onUnpublished?(): void;
}

export function AgentMenu({ agent, onDeleted, onUnpublished }: AgentMenuProps) {
  const t = useT();
  const [ask, dialog] = useConfirm();
  const create = useCreateAgent();
  const remove = useAgentChange(deleteAgent);
  const unpublish = useAgentChange(unpublishAgent);
  const { id, name } = agent;
  const shared = sharedAgent(agent);
  const mayCreate = useCan('agent.create');
  const mayUse = useCan('agent.use', shared);
  const mayPublish = useCan('agent.publish', shared);
  const mayDelete = useCan('agent.delete', shared);
  const mayShare = useCan('agent.share', shared);
  const [shares, setShares] = useState(false);

  const withAgent = (act: (stored: Agent) => void) => () => void getAgent(id).then(act, notifyError);
  const duplicate = withAgent((of) => create.mutate({ kind: 'copy', of }));
  const exportJson = withAgent(({ description, draft }) =>
    downloadText(`${name}.json`, JSON.stringify({ name, description, draft }, null, 2)),
  );
  const askDelete = () =>
    ask({
      title: t(agentsText.deleteTitle, { name }),
      text: t(agentsText.deleteText),
      action: t(common.delete),
      onYes: () =>
        remove.mutate(id, {
          onError: notifyError,
          onSuccess: () => {
            notifyDone(t(agentsText.deleted, { name }));
            onDeleted?.();
          },
        }),
    });
  const copyCurl = async () => {
    const url = `${window.location.origin}${apiRoot}/agents/${id}/runs`;
    await navigator.clipboard.writeText(curl({ method: 'POST', url, body: { message: '…' } }));
    notifyDone(t(common.copied));
  };

  return (
    <>
      <Menu position="bottom-end" width={210}>
        <Menu.Target>
          <ActionIcon aria-label={t(agentsText.actions, { name })} data-testid="agent-menu">
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayCreate && (
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={duplicate}>
              {t(agentsText.duplicate)}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={exportJson}>
            {t(automationsText.export)}
          </Menu.Item>
          {mayUse && (
            <Menu.Item leftSection={<IconTerminal2 size={16} />} onClick={copyCurl}>
              {t(common.copyAsCurl)}
            </Menu.Item>
          )}
          {mayShare && (
            <Menu.Item leftSection={<IconShare size={16} />} onClick={() => setShares(true)}>
              {t(sharingText.shareMore)}
            </Menu.Item>
          )}
          {mayPublish && agent.publishedVersion !== undefined && (
            <Menu.Item
              leftSection={<IconPlayerPause size={16} />}
              onClick={() =>
                unpublish.mutate(id, { onError: notifyError, onSuccess: () => onUnpublished?.() })
              }
            >
              {t(agentsText.unpublish)}
            </Menu.Item>
          )}
          {mayDelete && (
            <>
              <Menu.Divider />
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} />}
                onClick={askDelete}
                data-testid="delete-agent"
              >
                {t(common.delete)}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog}
      <ShareDialog
        thing={{ collection: 'agents', id, name }}
        opened={shares}
        onClose={() => setShares(false)}
      />
    </>
  );
}
