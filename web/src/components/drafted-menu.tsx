/** What can be done with something that has a draft, versions and shares, an automation or an agent: in its row and in its editor. */
import { Menu } from '@mantine/core';
import {
  IconCopy,
  IconDownload,
  IconPlayerPause,
  IconShare,
  IconTerminal2,
  IconTrash,
} from '@tabler/icons-react';
import type { UseMutationResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Shared } from '../../../contracts/access/can.ts';
import type { Text } from '../../../contracts/text.ts';
import { apiRoot } from '../api/client.ts';
import { useCan } from '../api/session.ts';
import { automationsText } from '../i18n/automations.ts';
import { common } from '../i18n/common.ts';
import { useT } from '../i18n/language.ts';
import { sharingText } from '../i18n/sharing.ts';
import { curl } from '../lib/curl.ts';
import { downloadText } from '../lib/download-text.ts';
import { useConfirm } from './confirm.tsx';
import { notifyDone, notifyError } from './error-notice.tsx';
import { MoreMenu } from './more-menu.tsx';
import { ShareDialog } from './sharing/share-dialog.tsx';

export interface DraftedMenuProps<Loaded> {
  kind: 'automation' | 'agent';
  thing: { id: string; name: string; publishedVersion?: number | undefined };
  shared: Shared;
  /** What goes with it, and that it has gone. */
  texts: { deleteText: Text; deleted: Text };
  load(id: string): Promise<Loaded>;
  onCopy(loaded: Loaded): void;
  /** Body of the request that starts it. */
  exampleRun: object;
  remove: UseMutationResult<void, Error, string>;
  unpublish: UseMutationResult<unknown, Error, string>;
  onDeleted?: (() => void) | undefined;
  onUnpublished?: (() => void) | undefined;
  /** Items of its own, above the others. */
  children?: ReactNode;
}

export function DraftedMenu<Loaded extends { description: string; draft: unknown }>(
  props: DraftedMenuProps<Loaded>,
) {
  const { kind, thing, shared, texts, load, onCopy, exampleRun, remove, unpublish, children } = props;
  const { id, name } = thing;
  const collection = `${kind}s` as const;
  const t = useT();
  const [ask, dialog] = useConfirm();
  const [shares, setShares] = useState(false);
  const mayCreate = useCan(`${kind}.create`);
  const mayStart = useCan(kind === 'agent' ? 'agent.use' : 'automation.run', shared);
  const mayPublish = useCan(`${kind}.publish`, shared);
  const mayDelete = useCan(`${kind}.delete`, shared);
  const mayShare = useCan(`${kind}.share`, shared);

  const withLoaded = (act: (loaded: Loaded) => void) => () => void load(id).then(act, notifyError);
  const exportJson = withLoaded(({ description, draft }) =>
    downloadText(`${name}.json`, JSON.stringify({ name, description, draft }, null, 2)),
  );
  const askDelete = () =>
    ask({
      title: t(automationsText.deleteTitle, { name }),
      text: t(texts.deleteText),
      action: t(common.delete),
      onYes: () =>
        remove.mutate(id, {
          onError: notifyError,
          onSuccess: () => {
            notifyDone(t(texts.deleted, { name }));
            props.onDeleted?.();
          },
        }),
    });
  const copyCurl = async () => {
    const url = `${window.location.origin}${apiRoot}/${collection}/${id}/runs`;
    await navigator.clipboard.writeText(curl({ method: 'POST', url, body: exampleRun }));
    notifyDone(t(common.copied));
  };

  return (
    <>
      <MoreMenu label={t(automationsText.actions, { name })} testId={`${kind}-menu`} width={210}>
        {children}
        {mayCreate && (
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={withLoaded(onCopy)}>
            {t(automationsText.duplicate)}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconDownload size={16} />} onClick={exportJson}>
          {t(automationsText.export)}
        </Menu.Item>
        {mayStart && (
          <Menu.Item leftSection={<IconTerminal2 size={16} />} onClick={copyCurl}>
            {t(common.copyAsCurl)}
          </Menu.Item>
        )}
        {mayShare && (
          <Menu.Item
            leftSection={<IconShare size={16} />}
            onClick={() => setShares(true)}
            data-testid={`share-${kind}`}
          >
            {t(sharingText.shareMore)}
          </Menu.Item>
        )}
        {mayPublish && thing.publishedVersion !== undefined && (
          <Menu.Item
            leftSection={<IconPlayerPause size={16} />}
            onClick={() =>
              unpublish.mutate(id, { onError: notifyError, onSuccess: () => props.onUnpublished?.() })
            }
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
              data-testid={`delete-${kind}`}
            >
              {t(common.delete)}
            </Menu.Item>
          </>
        )}
      </MoreMenu>
      {dialog}
      <ShareDialog thing={{ collection, id, name }} opened={shares} onClose={() => setShares(false)} />
    </>
  );
}
