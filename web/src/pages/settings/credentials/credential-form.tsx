import { Alert, Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import { IconCircleCheck, IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Credential, CredentialTest } from '../../../../../contracts/api/credentials.ts';
import type { CredentialType } from '../../../../../contracts/credentials/index.ts';
import { useCreateCredential, useTryCredential, useUpdateCredential } from '../../../api/credentials.ts';
import { useCan } from '../../../api/session.ts';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { common } from '../../../i18n/common.ts';
import { credentialsText } from '../../../i18n/credentials.ts';
import { useT } from '../../../i18n/language.ts';
import { CredentialFields } from './credential-fields.tsx';
import { initialValues, neededAgain, problemsOf, valuesToSend } from './credential-values.ts';
import { useConnect } from './use-connect.ts';

export interface CredentialFormProps {
  type: CredentialType;
  credential: Credential | undefined;
  /** To the choice of kinds. */
  onBack: (() => void) | undefined;
  onClose(): void;
  onSaved: ((credential: Credential) => void) | undefined;
}

export function CredentialForm({ type, credential, onBack, onClose, onSaved }: CredentialFormProps) {
  const t = useT();
  const create = useCreateCredential();
  const update = useUpdateCredential();
  const attempt = useTryCredential();
  const connect = useConnect();
  const mayTry = useCan('credential.create');
  const [name, setName] = useState(credential?.name ?? '');
  const [values, setValues] = useState(() => initialValues(type, credential));
  const [tried, setTried] = useState<'nothing' | 'values' | 'all'>('nothing');
  const nameWrong = name.trim() === '';
  const problems = problemsOf(type, values, credential);
  const isRight = Object.keys(problems).length === 0;
  const needsConsent = values.grant === 'authorizationCode';
  const save = credential ? update : create;

  const saved = (result: Credential) => {
    notifyDone(t(credentialsText.saved, { name: result.name }));
    onSaved?.(result);
    onClose();
    if (needsConsent && !result.connected) connect.start(result.id);
  };
  const submit = () => {
    setTried('all');
    if (nameWrong || !isRight) return;
    const body = { name: name.trim(), values: valuesToSend(type, values) };
    if (credential) update.mutate({ id: credential.id, ...body }, { onSuccess: saved });
    else create.mutate({ type: type.type, ...body }, { onSuccess: saved });
  };
  const test = () => {
    if (tried === 'nothing') setTried('values');
    if (!isRight) return;
    attempt.mutate(
      {
        type: type.type,
        values: valuesToSend(type, values),
        ...(credential && { id: credential.id }),
      },
      { onError: notifyError },
    );
  };
  return (
    <DialogForm
      action={t(needsConsent && !credential?.connected ? credentialsText.saveAndConnect : common.save)}
      request={save}
      onCancel={onClose}
      testId="save-credential"
      aside={
        // With consent, a test needs the tokens that come of it.
        mayTry &&
        !needsConsent && (
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={16} />}
            onClick={test}
            loading={attempt.isPending}
            data-testid="test-credential"
          >
            {t(credentialsText.testNow)}
          </Button>
        )
      }
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          {t(type.description)}
        </Text>
        {onBack && (
          <Anchor component="button" type="button" size="sm" onClick={onBack} style={{ flexShrink: 0 }}>
            {t(credentialsText.otherType)}
          </Anchor>
        )}
      </Group>
      <TextInput
        label={t(credentialsText.name)}
        description={t(credentialsText.nameHelp)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={tried === 'all' && nameWrong && t(credentialsText.nameWrong)}
        maxLength={64}
        required
        autoComplete="off"
        data-autofocus
        // After the kind was chosen the dialog is open already, and nothing else moves the focus.
        autoFocus
        data-testid="credential-name"
      />
      <CredentialFields
        type={type}
        values={values}
        filled={credential?.secrets ?? []}
        again={neededAgain(type, values, credential)}
        problems={tried === 'nothing' ? {} : problems}
        onChange={(next) => {
          setValues(next);
          attempt.reset();
        }}
      />
      {needsConsent && (
        <Text size="sm" c="dimmed">
          {t(credentialsText.connectHelp)}
        </Text>
      )}
      {attempt.data && <TestResult result={attempt.data} />}
    </DialogForm>
  );
}

function TestResult({ result: { passed, message } }: { result: CredentialTest }) {
  const t = useT();
  return (
    <Alert
      role="status"
      color={passed ? 'green' : 'red'}
      variant="light"
      icon={passed ? <IconCircleCheck /> : <IconPlugConnectedX />}
      {...(!passed && { title: t(credentialsText.testFailed) })}
      data-testid="credential-test-result"
    >
      {message}
    </Alert>
  );
}
