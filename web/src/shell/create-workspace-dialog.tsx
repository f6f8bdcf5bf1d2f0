import { Modal } from '@mantine/core';
import { useCreateWorkspace } from '../api/joining.ts';
import { useT } from '../i18n/language.ts';
import { workspacesText } from '../i18n/workspaces.ts';
import { SessionForm } from '../pages/session/session-form.tsx';

export function CreateWorkspaceDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={onClose} title={t(workspacesText.createTitle)} size="sm">
      <Form onClose={onClose} />
    </Modal>
  );
}

function Form({ onClose }: { onClose(): void }) {
  const t = useT();
  const create = useCreateWorkspace();
  return (
    <SessionForm
      fields={['workspace']}
      labels={{ workspace: t(workspacesText.name) }}
      focus="workspace"
      size="sm"
      action={t(workspacesText.create)}
      testId="create-workspace-confirm"
      request={create}
      onSubmit={({ workspace: name }) => create.mutate({ name }, { onSuccess: onClose })}
    />
  );
}
