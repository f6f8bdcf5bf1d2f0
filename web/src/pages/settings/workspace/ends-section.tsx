/** What can't be taken back easily: handing the workspace over, leaving it, deleting it. */
import { Button, Card, Divider, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { Fragment, type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { type Workspace, workspaceGraceDays } from '../../../../../contracts/api/workspaces.ts';
import { useMembers } from '../../../api/members.ts';
import { useAccount, useCan } from '../../../api/session.ts';
import { useDeleteWorkspace, useLeaveWorkspace, useTransferWorkspace } from '../../../api/workspaces.ts';
import { useConfirm } from '../../../components/confirm.tsx';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { useT } from '../../../i18n/language.ts';
import { workspaceText } from '../../../i18n/settings.ts';

type Dialog = 'transfer' | 'delete';

export function EndsSection({ workspace }: { workspace: Workspace }) {
  const t = useT();
  const navigate = useNavigate();
  const mayTransfer = useCan('workspace.transfer');
  const mayDelete = useCan('workspace.delete');
  const isOwner = useAccount().data?.workspace?.role === 'owner';
  const leave = useLeaveWorkspace();
  const [ask, confirmDialog] = useConfirm();
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  const { id, name } = workspace;
  const askLeave = () =>
    ask({
      title: t(workspaceText.leaveTitle, { name }),
      text: t(workspaceText.leaveText),
      action: t(workspaceText.leaveAction),
      onYes: () =>
        leave.mutate(id, {
          onError: notifyError,
          onSuccess: () => {
            notifyDone(t(workspaceText.left, { name }));
            void navigate('/');
          },
        }),
    });
  const matters: Matter[] = [
    ...(mayTransfer
      ? [
          {
            title: t(workspaceText.transfer),
            text: t(workspaceText.transferText),
            action: t(workspaceText.transferAction),
            onClick: () => setDialog('transfer'),
          },
        ]
      : []),
    {
      title: t(workspaceText.leave),
      text: t(isOwner ? workspaceText.leaveOwner : workspaceText.leaveText),
      action: t(workspaceText.leaveAction),
      disabled: isOwner,
      onClick: askLeave,
    },
    ...(mayDelete
      ? [
          {
            title: t(workspaceText.delete),
            text: t(workspaceText.deleteText, { count: workspaceGraceDays }),
            action: t(workspaceText.deleteAction),
            dangerous: true,
            onClick: () => setDialog('delete'),
          },
        ]
      : []),
  ];
  return (
    <Card withBorder p="lg">
      <Stack>
        {matters.map((matter, index) => (
          <Fragment key={matter.title}>
            {index > 0 && <Divider />}
            <MatterRow {...matter} />
          </Fragment>
        ))}
      </Stack>
      <Modal
        opened={dialog === 'transfer'}
        onClose={close}
        title={t(workspaceText.transferTitle, { name })}
        size="md"
      >
        <TransferForm onClose={close} />
      </Modal>
      <Modal
        opened={dialog === 'delete'}
        onClose={close}
        title={t(workspaceText.deleteTitle, { name })}
        size="md"
      >
        <DeleteForm name={name} onClose={close} />
      </Modal>
      {confirmDialog}
    </Card>
  );
}

interface Matter {
  title: string;
  text: string;
  action: string;
  dangerous?: boolean;
  disabled?: boolean;
  onClick(): void;
}

function MatterRow({ title, text, action, dangerous = false, disabled = false, onClick }: Matter): ReactNode {
  return (
    <Group justify="space-between" gap="md" wrap="nowrap">
      <div>
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed" maw={520}>
          {text}
        </Text>
      </div>
      <Button
        variant={dangerous ? 'light' : 'default'}
        {...(dangerous && { color: 'red' })}
        disabled={disabled}
        onClick={onClick}
        style={{ flexShrink: 0 }}
      >
        {action}
      </Button>
    </Group>
  );
}

function TransferForm({ onClose }: { onClose(): void }) {
  const t = useT();
  const me = useAccount().data?.user?.id;
  const members = useMembers();
  const transfer = useTransferWorkspace();
  const [user, setUser] = useState<string | null>(null);
  const others = (members.data ?? []).filter((member) => member.user !== me);
  const nobody = members.data !== undefined && others.length === 0;
  return (
    <DialogForm
      action={t(workspaceText.transfer)}
      request={{ error: transfer.error ?? members.error, isPending: transfer.isPending }}
      onCancel={onClose}
      dangerous
      disabled={user === null}
      testId="transfer-workspace"
      onSubmit={(event) => {
        event.preventDefault();
        if (user === null) return;
        transfer.mutate(user, {
          onSuccess: ({ name }) => {
            notifyDone(t(workspaceText.transferred, { name }));
            onClose();
          },
        });
      }}
    >
      <Text size="sm">{t(nobody ? workspaceText.newOwnerNone : workspaceText.transferText)}</Text>
      <Select
        label={t(workspaceText.newOwner)}
        placeholder={t(workspaceText.newOwnerPlaceholder)}
        data={others.map((member) => ({ value: member.user, label: `${member.name} · ${member.email}` }))}
        value={user}
        onChange={setUser}
        disabled={nobody}
        searchable
        data-autofocus={!nobody || undefined}
      />
    </DialogForm>
  );
}

function DeleteForm({ name, onClose }: { name: string; onClose(): void }) {
  const t = useT();
  const navigate = useNavigate();
  const remove = useDeleteWorkspace();
  const [typed, setTyped] = useState('');
  return (
    <DialogForm
      action={t(workspaceText.delete)}
      request={remove}
      onCancel={onClose}
      dangerous
      disabled={typed !== name}
      testId="delete-workspace"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== name) return;
        // Awaited, not told by `mutate`: without a workspace this page is gone before it would be, and with it what comes next.
        remove.mutateAsync(typed).then(
          () => {
            notifyDone(t(workspaceText.deleted, { name, count: workspaceGraceDays }));
            onClose();
            void navigate('/');
          },
          () => {}, // The form shows what went wrong.
        );
      }}
    >
      <Text size="sm">{t(workspaceText.deleteText, { count: workspaceGraceDays })}</Text>
      <TextInput
        label={t(workspaceText.typeName, { name })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        data-autofocus
        data-testid="typed-name"
      />
    </DialogForm>
  );
}
