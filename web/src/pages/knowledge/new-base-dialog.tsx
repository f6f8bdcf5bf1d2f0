/** Asks for the name of a knowledge base; everything else has a default and can be changed. */
import { Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCreateBase } from '../../api/knowledge.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { common } from '../../i18n/common.ts';
import { knowledgeText } from '../../i18n/knowledge.ts';
import { useT } from '../../i18n/language.ts';

export function NewBaseDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={onClose} title={t(knowledgeText.new)}>
      <NewBase onClose={onClose} />
    </Modal>
  );
}

function NewBase({ onClose }: { onClose(): void }) {
  const t = useT();
  const navigate = useNavigate();
  const create = useCreateBase();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  return (
    <DialogForm
      action={t(common.create)}
      request={create}
      disabled={name.trim() === ''}
      onCancel={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ name, description }, { onSuccess: ({ id }) => void navigate(`/knowledge/${id}`) });
      }}
      testId="create-base"
    >
      <TextInput
        label={t(common.name)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={128}
        data-autofocus
      />
      <Textarea
        label={t(knowledgeText.about)}
        description={t(knowledgeText.aboutHelp)}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        maxLength={2_000}
        autosize
        minRows={2}
        maxRows={6}
      />
    </DialogForm>
  );
}
