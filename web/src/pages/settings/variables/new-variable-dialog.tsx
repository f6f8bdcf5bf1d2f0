import { Modal, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { variableName } from '../../../../../contracts/api/variables.ts';
import { usePutVariable } from '../../../api/variables.ts';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { notifyDone } from '../../../components/error-notice.tsx';
import { SecretInput } from '../../../components/secret-input.tsx';
import { common } from '../../../i18n/common.ts';
import { useT } from '../../../i18n/language.ts';
import { variablesText } from '../../../i18n/variables.ts';

export interface NewVariableDialogProps {
  opened: boolean;
  onClose(): void;
  /** Names there are: saving one of them would replace its value. */
  taken: readonly string[];
}

export function NewVariableDialog({ opened, onClose, taken }: NewVariableDialogProps) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={onClose} title={t(variablesText.new)}>
      <VariableForm taken={taken} onClose={onClose} />
    </Modal>
  );
}

function VariableForm({ taken, onClose }: Pick<NewVariableDialogProps, 'taken' | 'onClose'>) {
  const t = useT();
  const put = usePutVariable();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [secret, setSecret] = useState(false);
  const [tried, setTried] = useState(false);
  const nameError = () => {
    if (taken.includes(name)) return t(variablesText.nameTaken);
    return variableName.safeParse(name).success ? undefined : t(variablesText.nameWrong);
  };
  const secretEmpty = secret && value === '';
  const shared = {
    label: t(variablesText.value),
    value,
    maxLength: 10_000,
    'data-testid': 'variable-value',
  };
  return (
    <DialogForm
      action={t(common.save)}
      request={put}
      onCancel={onClose}
      testId="save-variable"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (nameError() !== undefined || secretEmpty) return;
        put.mutate(
          { name, value, secret },
          {
            onSuccess: () => {
              notifyDone(t(variablesText.saved, { name }));
              onClose();
            },
          },
        );
      }}
    >
      <TextInput
        label={t(variablesText.name)}
        description={`{{ $vars.${name || 'name'} }}`}
        placeholder="apiBase"
        value={name}
        onChange={(event) => setName(event.currentTarget.value.trim())}
        error={(tried || taken.includes(name)) && nameError()}
        maxLength={64}
        required
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        data-testid="variable-name"
      />
      {secret ? (
        <SecretInput
          {...shared}
          filled={false}
          onChange={setValue}
          error={tried && secretEmpty && t(variablesText.secretEmpty)}
          required
        />
      ) : (
        <Textarea
          {...shared}
          description={t(variablesText.valueHelp)}
          onChange={(event) => setValue(event.currentTarget.value)}
          onKeyDown={(event) => {
            // Enter saves, as in every other field of the form, and leaves no empty line at the end of the value.
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
          autosize
          minRows={1}
          maxRows={8}
        />
      )}
      <Switch
        label={t(variablesText.secret)}
        description={t(variablesText.secretHelp)}
        checked={secret}
        onChange={(event) => setSecret(event.currentTarget.checked)}
        data-testid="variable-secret"
      />
    </DialogForm>
  );
}
