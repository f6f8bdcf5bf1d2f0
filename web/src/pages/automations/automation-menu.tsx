/** What can be done with an automation, in its row and in the editor. */
import { ActionIcon, Menu } from '@mantine/core';
import {
  IconCopy,
  IconDots,
  IconDownload,
  IconListDetails,
  IconPlayerPause,
  IconShare,
  IconTerminal2,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Automation, AutomationSummary } from '../../../../contracts/api/automations.ts';
import {
  deleteAutomation,
  getAutomation,
  sharedAutomation,
  unpublishAutomation,
  useAutomationChange,
} from '../../api/automations.ts';
import { apiRoot } from '../../api/client.ts';
import { useCan } from '../../api/session.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { notifyDone, notifyError } from '../../components/error-notice.tsx';
import { ShareDialog } from '../../components/sharing/share-dialog.tsx';
import { automationsText } from '../../i18n/automations.ts';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { sharingText } from '../../i18n/sharing.ts';
import { curl } from '../../lib/curl.ts';
import { downloadText } from '../../lib/download-text.ts';
import { useCreateAutomation } from './use-create-automation.ts';

export interface AutomationMenuProps {
  automation: Pick<AutomationSummary, 'id' | 'name' | 'publishedVersion'> & Pick<Automation, 'level'>;
  onDeleted?(): void;
}

export function AutomationMenu({ automation, onDeleted }: AutomationMenuProps) {
  const t = useT();
  const [ask, dialog] = useConfirm();
  const create = useCreateAutomation();
  const remove = useAutomationChange(deleteAutomation);
  const unpublish = useAutomationChange(unpublishAutomation);
  const { id, name } = automation;
  const shared = sharedAutomation(automation);
  const mayCreate = useCan('automation.create');
  const mayRun = useCan('automation.run', shared);
  const mayPublish = useCan('automation.publish', shared);
  const mayDelete = useCan('automation.delete', shared);
  const mayShare = useCan('automation.share', shared);
  const [shares, setShares] = useState(false);

  const duplicate = async () => {
    try {
      const { draft, description } = await getAutomation(id);
      create.mutate({ name: t(automationsText.copyOf, { name }), description, draft });
    } catch (error) {
      notifyError(error);
    }
  };
  const exportJson = async () => {
    try {
      const { draft, description } = await getAutomation(id);
      downloadText(`${name}.json`, JSON.stringify({ name, description, draft }, null, 2));
    } catch (error) {
      notifyError(error);
    }
  };
  const askDelete = () =>
    ask({
      title: t(automationsText.deleteTitle, { name }),
      text: t(automationsText.deleteText),
      action: t(common.delete),
      onYes: () =>
        remove.mutate(id, {
          onError: notifyError,
          onSuccess: () => {
            notifyDone(t(automationsText.deleted, { name }));
            onDeleted?.();
          },
        }),
    });
  const copyCurl = async () => {
    const url = `${window.location.origin}${apiRoot}/automations/${id}/runs`;
    await navigator.clipboard.writeText(curl({ method: 'POST', url, body: { items: [{ json: {} }] } }));
    notifyDone(t(common.copied));
  };

  return (
    <>
      <Menu position="bottom-end" width={210}>
        <Menu.Target>
          <ActionIcon aria-label={t(automationsText.actions, { name })} data-testid="automation-menu">
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconListDetails size={16} />}
            component={Link}
            to={`/runs?automation=${id}`}
          >
            {t(automationsText.showRuns)}
          </Menu.Item>
          {mayCreate && (
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={duplicate}>
              {t(automationsText.duplicate)}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={exportJson}>
            {t(automationsText.export)}
          </Menu.Item>
          {mayRun && (
            <Menu.Item leftSection={<IconTerminal2 size={16} />} onClick={copyCurl}>
              {t(common.copyAsCurl)}
            </Menu.Item>
          )}
          {mayShare && (
            <Menu.Item
              leftSection={<IconShare size={16} />}
              onClick={() => setShares(true)}
              data-testid="share-automation"
            >
              {t(sharingText.shareMore)}
            </Menu.Item>
          )}
          {mayPublish && automation.publishedVersion !== undefined && (
            <Menu.Item
              leftSection={<IconPlayerPause size={16} />}
              onClick={() => unpublish.mutate(id, { onError: notifyError })}
            >
              {t(automationsText.unpublish)}
            </Menu.Item>
          )}
          {mayDelete && (
            <>
              <Menu.Divider />
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} />}
                onClick={askDelete}
                data-testid="delete-automation"
              >
                {t(common.delete)}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog}
      <ShareDialog
        thing={{ collection: 'automations', id, name }}
        opened={shares}
        onClose={() => setShares(false)}
      />
    </>
  );
}
