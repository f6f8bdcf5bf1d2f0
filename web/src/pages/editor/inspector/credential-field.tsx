/** Chooses a credential that the node can use; a new one is made without leaving the editor. */
import { ActionIcon, Button, Group, Select, Text, Tooltip } from '@mantine/core';
import { IconPencil, IconPlus, IconTestPipe } from '@tabler/icons-react';
import { useState } from 'react';
import { reaches } from '../../../../../contracts/access/roles.ts';
import type { CredentialTest } from '../../../../../contracts/api/credentials.ts';
import { credentialTypesFor, findCredentialType } from '../../../../../contracts/credentials/index.ts';
import { useCredentials, useTestCredential } from '../../../api/credentials.ts';
import { useCan } from '../../../api/session.ts';
import { notifyError } from '../../../components/error-notice.tsx';
import { credentialsText } from '../../../i18n/credentials.ts';
import { useT } from '../../../i18n/language.ts';
import { fittingCredentials } from '../../../lib/fitting-credentials.ts';
import { CredentialDialog } from '../../settings/credentials/credential-dialog.tsx';
import { CredentialIcon } from '../../settings/credentials/credential-icon.tsx';
import { useFormNode } from './preview-context.ts';

export interface CredentialFieldProps {
  /** Id; '' for none. */
  value: string;
  onChange(id: string): void;
  /** What every control of a form gets: label for screen readers, whether it is wrong. */
  shared: { 'data-testid': string; 'aria-label': string; error: boolean };
}

export function CredentialField({ value, onChange, shared }: CredentialFieldProps) {
  const t = useT();
  const node = useFormNode();
  const credentials = useCredentials();
  const mayCreate = useCan('credential.create');
  const test = useTestCredential();
  const [dialog, setDialog] = useState<{ kind: 'new' | 'edit'; opened: boolean }>({
    kind: 'new',
    opened: false,
  });
  const types = credentialTypesFor(node.type);
  const fitting = fittingCredentials(credentials.data, node.type);
  const chosen = fitting.find(({ id }) => id === value);
  const data = [
    ...fitting.map(({ id, name }) => ({ value: id, label: name })),
    // Somebody chose one that this person may not use: it stays until they choose another.
    ...(value !== '' && !chosen && credentials.data ? [{ value, label: t(credentialsText.notYours) }] : []),
  ];
  const kindOf = (id: string) => {
    const type = fitting.find((one) => one.id === id)?.type;
    return type === undefined ? undefined : findCredentialType(type);
  };
  const choose = (id: string | null) => {
    test.reset();
    onChange(id ?? '');
  };
  return (
    <div>
      <Select
        {...shared}
        data={data}
        value={value || null}
        onChange={choose}
        // A colleague may have shared one just now, at the wish of who looks for it here.
        onDropdownOpen={() => void credentials.refetch()}
        placeholder={t(fitting.length > 0 ? credentialsText.pick : credentialsText.noneFits)}
        searchable={fitting.length > 8}
        clearable
        leftSection={chosen && <CredentialIcon type={chosen.type} size={22} />}
        nothingFoundMessage={t(credentialsText.noneFits)}
        renderOption={({ option }) => {
          const kind = kindOf(option.value);
          return (
            <Group gap="sm" wrap="nowrap">
              <CredentialIcon type={kind?.type ?? ''} size={28} />
              <div>
                <Text size="sm">{option.label}</Text>
                {kind && (
                  <Text size="xs" c="dimmed">
                    {t(kind.label)}
                  </Text>
                )}
              </div>
            </Group>
          );
        }}
      />
      <Group gap={6} mt={6}>
        {mayCreate && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={13} />}
            onClick={() => setDialog({ kind: 'new', opened: true })}
            data-testid="field-credential-new"
          >
            {t(credentialsText.new)}
          </Button>
        )}
        {chosen && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconTestPipe size={13} />}
            loading={test.isPending}
            onClick={() => test.mutate(chosen.id, { onError: notifyError })}
            data-testid="field-credential-test"
          >
            {t(credentialsText.test)}
          </Button>
        )}
        {chosen && reaches(chosen.level, 'edit') && (
          <Tooltip label={t(credentialsText.edit)}>
            <ActionIcon
              size="sm"
              aria-label={t(credentialsText.edit)}
              onClick={() => setDialog({ kind: 'edit', opened: true })}
            >
              <IconPencil size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      {test.data && <Answer answer={test.data} />}
      <CredentialDialog
        opened={dialog.opened}
        onClose={() => setDialog((before) => ({ ...before, opened: false }))}
        credential={dialog.kind === 'edit' ? chosen : undefined}
        types={types}
        onSaved={({ id }) => choose(id)}
      />
    </div>
  );
}

function Answer({ answer: { passed, message } }: { answer: CredentialTest }) {
  const t = useT();
  return (
    <Text size="xs" mt={4} c={passed ? 'green' : 'red'} role="status" style={{ overflowWrap: 'anywhere' }}>
      {!passed && t(credentialsText.testFailed)} {message}
    </Text>
  );
}
