/** One variable. Its value is changed in place: Enter saves, Escape leaves it as it was. */
import { ActionIcon, Badge, Box, Group, Table, Text, Textarea, Tooltip } from '@mantine/core';
import { IconCheck, IconLock, IconPencil, IconTrash, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Variable } from '../../../../../contracts/api/variables.ts';
import { useDeleteVariable, usePutVariable } from '../../../api/variables.ts';
import { useConfirm } from '../../../components/confirm.tsx';
import { CopyId } from '../../../components/copy-button.tsx';
import { notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { SecretInput } from '../../../components/secret-input.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import { common } from '../../../i18n/common.ts';
import { useT } from '../../../i18n/language.ts';
import { variablesText } from '../../../i18n/variables.ts';

export interface VariableRowProps {
  variable: Variable;
  mayEdit: boolean;
  /** The value below the name: on a phone there is no room beside it. */
  stacked: boolean;
}

export function VariableRow({ variable, mayEdit, stacked }: VariableRowProps) {
  const t = useT();
  const [ask, dialog] = useConfirm();
  const put = usePutVariable();
  const remove = useDeleteVariable();
  /** Undefined: it is only shown. */
  const [draft, setDraft] = useState<string>();
  const pencil = useRef<HTMLButtonElement>(null);
  const wasEdited = useRef(false);
  const { name, value = '', secret } = variable;
  const isEdited = draft !== undefined;
  // Back to where one came from, once the field is gone.
  useEffect(() => {
    if (wasEdited.current && !isEdited) pencil.current?.focus();
    wasEdited.current = isEdited;
  }, [isEdited]);

  const leave = () => setDraft(undefined);
  const save = () => {
    // An empty field of a secret means: as it was.
    if (draft === undefined || (secret ? draft === '' : draft === value)) return leave();
    put.mutate(
      { name, value: draft, secret },
      {
        onError: notifyError,
        onSuccess: () => {
          notifyDone(t(variablesText.saved, { name }));
          leave();
        },
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      save();
    }
    if (event.key === 'Escape') leave();
  };
  const askDelete = () =>
    ask({
      title: t(variablesText.deleteTitle, { name }),
      text: t(variablesText.deleteText),
      action: t(common.delete),
      onYes: () =>
        remove.mutate(name, {
          onError: notifyError,
          onSuccess: () => notifyDone(t(variablesText.deleted, { name })),
        }),
    });
  const field = {
    'aria-label': t(variablesText.editTitle, { name }),
    'data-testid': `variable-value-${name}`,
    autoFocus: true,
    maxLength: 10_000,
    onKeyDown,
  };
  const valueCell = (
    <>
      {!isEdited && <Shown variable={variable} />}
      {isEdited && secret && <SecretInput {...field} filled value={draft} onChange={setDraft} />}
      {isEdited && !secret && (
        // A field of one line would run the lines of a longer value together.
        <Textarea
          {...field}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          autosize
          minRows={1}
          maxRows={8}
          ff="monospace"
        />
      )}
    </>
  );
  return (
    <Table.Tr data-testid="variable-row">
      <Table.Td>
        <CopyId id={`{{ $vars.${name} }}`} shown={name} />
        {stacked && <Box mt={4}>{valueCell}</Box>}
      </Table.Td>
      {!stacked && <Table.Td>{valueCell}</Table.Td>}
      <Table.Td visibleFrom="md">
        <TimeAgo at={variable.updatedAt} />
      </Table.Td>
      <Table.Td py={0}>
        {mayEdit && (
          <Group gap={4} wrap="nowrap" justify="flex-end">
            {isEdited ? (
              <>
                <Tool label={t(common.save)} icon={IconCheck} onClick={save} loading={put.isPending} />
                <Tool label={t(common.cancel)} icon={IconX} onClick={leave} />
              </>
            ) : (
              <>
                <Tooltip label={t(variablesText.edit, { name })}>
                  <ActionIcon
                    ref={pencil}
                    aria-label={t(variablesText.edit, { name })}
                    onClick={() => setDraft(value)}
                    data-testid={`edit-variable-${name}`}
                  >
                    <IconPencil size={16} />
                  </ActionIcon>
                </Tooltip>
                <Tool
                  label={t(variablesText.deleteLabel, { name })}
                  icon={IconTrash}
                  onClick={askDelete}
                  loading={remove.isPending}
                />
              </>
            )}
          </Group>
        )}
        {dialog}
      </Table.Td>
    </Table.Tr>
  );
}

function Shown({ variable: { value, secret } }: { variable: Variable }) {
  const t = useT();
  if (secret)
    return (
      <Tooltip label={t(variablesText.secretHelp)} maw={320}>
        <Badge variant="light" color="gray" tt="none" leftSection={<IconLock size={12} />}>
          {t(variablesText.hidden)}
        </Badge>
      </Tooltip>
    );
  return (
    <Text size="sm" ff="monospace" truncate title={value}>
      {value}
    </Text>
  );
}

interface ToolProps {
  label: string;
  icon: typeof IconCheck;
  loading?: boolean;
  onClick(): void;
}

function Tool({ label, icon: Icon, loading = false, onClick }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={onClick} loading={loading}>
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
