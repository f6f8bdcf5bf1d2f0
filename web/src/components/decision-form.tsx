/** The form of an approval: its fields, a comment, and the two answers. */
import { Button, Checkbox, Group, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Approval } from '../../../contracts/api/approvals.ts';
import type { DecisionName } from '../../../contracts/approvals.ts';
import type { FormField, FormValues } from '../../../contracts/form-fields.ts';
import { useDecide } from '../api/approvals.ts';
import { ProblemError } from '../api/problem-error.ts';
import { approvalsText } from '../i18n/approvals.ts';
import { useT } from '../i18n/language.ts';
import { ErrorNotice, notifyDone } from './error-notice.tsx';

export function DecisionForm({ approval }: { approval: Approval }) {
  const t = useT();
  const [fields, setFields] = useState<FormValues>({});
  const [comment, setComment] = useState('');
  const decide = useDecide(approval.id);
  const problem = decide.error instanceof ProblemError ? decide.error : undefined;
  const problemOf = (name: string) =>
    problem?.errors.find(({ field }) => field === `fields.${name}`)?.message;
  const needsComment = problem?.code === 'comment-needed';
  const isFieldProblem = problem?.errors.some(({ field }) => field?.startsWith('fields.')) ?? false;
  const send = (decision: DecisionName) =>
    decide.mutate({ decision, comment, fields }, { onSuccess: () => notifyDone(t(approvalsText.sent)) });
  const sending = decide.isPending ? decide.variables.decision : undefined;
  return (
    <Stack>
      {approval.fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={fields[field.name]}
          error={problemOf(field.name)}
          onChange={(value) => setFields((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <Textarea
        label={t(approvalsText.comment)}
        value={comment}
        onChange={({ currentTarget }) => setComment(currentTarget.value)}
        error={needsComment && problem?.detail}
        withAsterisk={approval.comment === 'always'}
        autosize
        minRows={2}
        maxLength={5_000}
      />
      {decide.error && !isFieldProblem && !needsComment && <ErrorNotice error={decide.error} />}
      <Group>
        <Button
          leftSection={<IconCheck size={16} />}
          color="green"
          loading={sending === 'approved'}
          onClick={() => send('approved')}
          data-testid="approve"
        >
          {t(approvalsText.approve)}
        </Button>
        <Button
          leftSection={<IconX size={16} />}
          color="red"
          variant="light"
          loading={sending === 'rejected'}
          onClick={() => send('rejected')}
        >
          {t(approvalsText.reject)}
        </Button>
      </Group>
    </Stack>
  );
}

interface FieldInputProps {
  field: FormField;
  value: FormValues[string] | undefined;
  error: string | undefined;
  onChange(value: FormValues[string]): void;
}

function FieldInput({ field: { label, type, required, options }, value, error, onChange }: FieldInputProps) {
  const shared = { label, error, withAsterisk: required };
  switch (type) {
    case 'checkbox':
      return (
        <Checkbox
          label={label}
          error={error}
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
    case 'select':
      return (
        <Select
          {...shared}
          data={options}
          value={typeof value === 'string' && value !== '' ? value : null}
          onChange={(chosen) => onChange(chosen ?? '')}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={typeof value === 'boolean' ? '' : (value ?? '')}
          onChange={onChange}
        />
      );
    case 'multiline':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={3}
          value={String(value ?? '')}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...shared}
          type={type}
          value={String(value ?? '')}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      );
  }
}
