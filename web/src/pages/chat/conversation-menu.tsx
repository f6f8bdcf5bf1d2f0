/** What can be done with a conversation as a whole. */
import { Menu, Modal, TextInput } from '@mantine/core';
import {
  IconFileTypography,
  IconJson,
  IconLink,
  IconLock,
  IconPencil,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Conversation } from '../../../../contracts/api/conversations.ts';
import { exportAddress, useChangeConversation, useRemoveConversation } from '../../api/conversations.ts';
import { useCan } from '../../api/session.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { notifyError } from '../../components/error-notice.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { chatText } from '../../i18n/chat.ts';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { ShareLinksDialog } from './share-links-dialog.tsx';

export function ConversationMenu({ conversation }: { conversation: Conversation }) {
  const t = useT();
  const navigate = useNavigate();
  const { id, mine, visibility, leaf } = conversation;
  const mayTalk = useCan('chat.write');
  const change = useChangeConversation(id);
  const remove = useRemoveConversation(id);
  const [ask, confirm] = useConfirm();
  const [dialog, setDialog] = useState<'rename' | 'share'>();
  const isOpenToAll = visibility === 'workspace';
  const askDelete = () =>
    ask({
      title: t(chatText.deleteTitle),
      text: t(chatText.deleteText),
      action: t(common.delete),
      onYes: () =>
        remove.mutate(undefined, { onSuccess: () => void navigate('/chat'), onError: notifyError }),
    });
  return (
    <>
      <MoreMenu label={t(chatText.menu)} testId="conversation-menu" width={230}>
        {mayTalk && (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setDialog('rename')}>
            {t(chatText.rename)}
          </Menu.Item>
        )}
        {mayTalk && mine && (
          <Menu.Item
            leftSection={isOpenToAll ? <IconLock size={16} /> : <IconUsers size={16} />}
            onClick={() =>
              change.mutate({ visibility: isOpenToAll ? 'private' : 'workspace' }, { onError: notifyError })
            }
          >
            {t(isOpenToAll ? chatText.close : chatText.open)}
          </Menu.Item>
        )}
        {mayTalk && mine && leaf !== undefined && (
          <Menu.Item
            leftSection={<IconLink size={16} />}
            onClick={() => setDialog('share')}
            data-testid="conversation-share"
          >
            {t(chatText.share)}
          </Menu.Item>
        )}
        <Menu.Item
          component="a"
          href={exportAddress(id, 'markdown')}
          download
          leftSection={<IconFileTypography size={16} />}
        >
          {t(chatText.exportMarkdown)}
        </Menu.Item>
        <Menu.Item
          component="a"
          href={exportAddress(id, 'json')}
          download
          leftSection={<IconJson size={16} />}
        >
          {t(chatText.exportJson)}
        </Menu.Item>
        {mayTalk && mine && (
          <>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={askDelete}>
              {t(common.delete)}
            </Menu.Item>
          </>
        )}
      </MoreMenu>
      {confirm}
      <Modal
        opened={dialog === 'rename'}
        onClose={() => setDialog(undefined)}
        title={t(chatText.renameTitle)}
        size="sm"
      >
        <Rename conversation={conversation} onClose={() => setDialog(undefined)} />
      </Modal>
      <ShareLinksDialog conversation={id} opened={dialog === 'share'} onClose={() => setDialog(undefined)} />
    </>
  );
}

interface RenameProps {
  conversation: Conversation;
  onClose(): void;
}

function Rename({ conversation: { id, title }, onClose }: RenameProps) {
  const t = useT();
  const change = useChangeConversation(id);
  const [name, setName] = useState(title);
  return (
    <DialogForm
      action={t(common.save)}
      request={change}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ title: name.trim() }, { onSuccess: onClose });
      }}
      onCancel={onClose}
      disabled={name.trim() === ''}
      testId="rename-save"
    >
      <TextInput
        aria-label={t(chatText.renameTitle)}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
    </DialogForm>
  );
}
