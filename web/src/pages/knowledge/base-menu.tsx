/** What can be done with a knowledge base. */
import { Menu } from '@mantine/core';
import { IconRefresh, IconShare, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { KnowledgeBaseShown } from '../../../../contracts/api/knowledge.ts';
import { sharedBase, useDeleteBase, useSyncBase } from '../../api/knowledge.ts';
import { useCan } from '../../api/session.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { notifyDone, notifyError } from '../../components/error-notice.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { ShareDialog } from '../../components/sharing/share-dialog.tsx';
import { common } from '../../i18n/common.ts';
import { knowledgeText } from '../../i18n/knowledge.ts';
import { useT } from '../../i18n/language.ts';

export function BaseMenu({ base }: { base: KnowledgeBaseShown }) {
  const t = useT();
  const navigate = useNavigate();
  const [ask, dialog] = useConfirm();
  const [shares, setShares] = useState(false);
  const { id, name } = base;
  const shared = sharedBase(base);
  const mayEdit = useCan('knowledge.edit', shared);
  const mayShare = useCan('knowledge.share', shared);
  const mayDelete = useCan('knowledge.delete', shared);
  const sync = useSyncBase(id);
  const remove = useDeleteBase();
  if (!mayEdit && !mayShare && !mayDelete) return null;
  const askDelete = () =>
    ask({
      title: t(knowledgeText.deleteTitle, { name }),
      text: t(knowledgeText.deleteText),
      action: t(common.delete),
      onYes: () =>
        remove.mutate(id, {
          onError: notifyError,
          onSuccess: () => {
            notifyDone(t(knowledgeText.deleted, { name }));
            void navigate('/knowledge');
          },
        }),
    });
  const syncAll = () =>
    sync.mutate(undefined, {
      onError: notifyError,
      onSuccess: ({ documents }) => notifyDone(t(knowledgeText.syncing, { count: documents })),
    });
  return (
    <>
      <MoreMenu label={t(knowledgeText.actions, { name })} testId="base-menu">
        {mayEdit && (
          <Menu.Item leftSection={<IconRefresh size={16} />} onClick={syncAll}>
            {t(knowledgeText.syncAll)}
          </Menu.Item>
        )}
        {mayShare && (
          <Menu.Item leftSection={<IconShare size={16} />} onClick={() => setShares(true)}>
            {t(knowledgeText.share)}
          </Menu.Item>
        )}
        {mayDelete && (
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={askDelete}>
            {t(common.delete)}
          </Menu.Item>
        )}
      </MoreMenu>
      {dialog}
      <ShareDialog
        thing={{ collection: 'knowledge-bases', id, name }}
        opened={shares}
        onClose={() => setShares(false)}
      />
    </>
  );
}
