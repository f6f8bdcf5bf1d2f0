/** The inside of a dialog that asks for something: fields, what went wrong, cancel and go. */
import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { common } from '../i18n/common.ts';
import { useT } from '../i18n/language.ts';
import { ErrorNotice } from './error-notice.tsx';

export interface DialogFormProps {
  action: string;
  /** The mutation behind it. */
  request: { error: unknown; isPending: boolean };
  onSubmit(event: FormEvent<HTMLFormElement>): void;
  onCancel(): void;
  /** Of the button that does nothing; for an action that is called "cancel" itself. */
  dismiss?: string;
  /** What can't be taken back. */
  dangerous?: boolean;
  disabled?: boolean;
  testId: string;
  /** Beside the buttons, at the left. */
  aside?: ReactNode;
  children: ReactNode;
}

export function DialogForm(props: DialogFormProps) {
  const t = useT();
  const { error, isPending } = props.request;
  return (
    <form noValidate onSubmit={props.onSubmit}>
      <Stack>
        {props.children}
        {Boolean(error) && <ErrorNotice error={error} />}
        <Group justify="space-between" mt="xs">
          <div>{props.aside}</div>
          <Group gap="sm">
            <Button variant="default" onClick={props.onCancel}>
              {props.dismiss ?? t(common.cancel)}
            </Button>
            <Button
              type="submit"
              {...(props.dangerous && { color: 'red' })}
              loading={isPending}
              disabled={props.disabled ?? false}
              data-testid={props.testId}
            >
              {props.action}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
