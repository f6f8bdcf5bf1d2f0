/**
 * The one form of sign-in, set-up, sign-up and the profile: named fields, one button, what is wrong beside each field and, when it is
 * more than one, together above them.
 *
 *     <SessionForm fields={['email', 'password']} action={t(sessionText.signIn)} request={signIn} onSubmit={…} />
 */
import { Alert, Anchor, Button, List, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { ProblemError } from '../../api/problem-error.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { sessionText } from '../../i18n/session.ts';
import { type FieldName, fieldsRefused, fields as known } from './form-fields.ts';

export interface SessionFormProps<F extends FieldName> {
  fields: readonly F[];
  initial?: Partial<Record<F, string>>;
  /** Shown, not to be changed. */
  fixed?: readonly F[];
  labels?: Partial<Record<F, string>>;
  action: string;
  testId: string;
  /** The mutation behind it. */
  request: { error: unknown; isPending: boolean };
  onSubmit(values: Record<F, string>): void;
  /** The field that has the focus first; none where the form is not why the page was opened. */
  focus?: F | undefined;
  /** Whose password it is, for password managers; where no field of the form says so. */
  username?: string;
  size?: 'sm' | 'md';
  /** Between the fields and the button. */
  children?: ReactNode;
}

export function SessionForm<F extends FieldName>(props: SessionFormProps<F>) {
  const {
    fields,
    initial,
    fixed = [],
    labels,
    action,
    testId,
    request,
    onSubmit,
    focus,
    size = 'md',
  } = props;
  const t = useT();
  const [wrong, setWrong] = useState<readonly F[]>([]);
  const form = useForm<Record<string, string>>({
    initialValues: Object.fromEntries(fields.map((name) => [name, initial?.[name] ?? ''])),
    validate: Object.fromEntries(
      fields.map((name) => [
        name,
        (value: string) => (known[name].schema.safeParse(value).success ? null : t(known[name].wrong)),
      ]),
    ),
  });
  const { error } = request;
  const refused = error instanceof ProblemError ? fieldsRefused(error, fields) : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer; the rest follows from it
  useEffect(() => {
    if (refused) form.setErrors(Object.fromEntries(refused.map((name) => [name, t(known[name].wrong)])));
  }, [error]);
  const goTo = (name: string) => form.getInputNode(name)?.focus();
  const labelOf = (name: F) => labels?.[name] ?? t(known[name].label);
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => {
          setWrong([]);
          onSubmit(values as Record<F, string>);
        },
        (errors) => {
          const names = fields.filter((name) => errors[name]);
          setWrong(names);
          if (names[0]) goTo(names[0]);
        },
      )}
    >
      <Stack>
        {error !== null && error !== undefined && !refused && <ErrorNotice error={error} />}
        {wrong.length > 1 && (
          <Alert
            role="alert"
            color="red"
            variant="light"
            icon={<IconAlertTriangle />}
            title={t(sessionText.fieldsWrong, { count: wrong.length })}
          >
            <List size="sm">
              {wrong.map((name) => (
                <List.Item key={name}>
                  <Anchor component="button" type="button" size="sm" onClick={() => goTo(name)}>
                    {labelOf(name)}
                  </Anchor>
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
        {props.username !== undefined && (
          <input type="text" name="username" autoComplete="username" value={props.username} readOnly hidden />
        )}
        {fields.map((name) => {
          const { input, autoComplete, help } = known[name];
          const shared = {
            label: labelOf(name),
            description: help && t(help),
            autoComplete,
            readOnly: fixed.includes(name),
            variant: fixed.includes(name) ? 'filled' : 'default',
            autoFocus: focus === name,
            // In a dialog it is the dialog that moves the focus, and to its close button where nothing says otherwise.
            'data-autofocus': focus === name || undefined,
            'data-testid': testIdOf(name),
            ...form.getInputProps(name),
          };
          if (input === 'password') return <PasswordInput key={form.key(name)} {...shared} />;
          return (
            <TextInput
              key={form.key(name)}
              type={input === 'email' ? 'email' : 'text'}
              {...(input === 'digits' && { inputMode: 'numeric', maxLength: 9 })}
              {...shared}
            />
          );
        })}
        {props.children}
        <Button
          type="submit"
          size={size}
          mt={size === 'md' ? 'xs' : 0}
          {...(size === 'sm' && { style: { alignSelf: 'flex-start' } })}
          loading={request.isPending}
          data-testid={testId}
        >
          {action}
        </Button>
      </Stack>
    </form>
  );
}

/** A page has one password field, whichever kind it is. */
function testIdOf(name: FieldName): string {
  if (name === 'newPassword') return 'password';
  return name === 'currentPassword' ? 'current-password' : name === 'recoveryCode' ? 'code' : name;
}
