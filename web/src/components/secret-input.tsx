/** A secret: typed, never shown again. `filled` says that one is saved; what is left alone stays as it is. */
import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { common } from '../i18n/common.ts';
import { useT } from '../i18n/language.ts';

export interface SecretInputProps
  extends Omit<PasswordInputProps, 'value' | 'onChange' | 'placeholder' | 'autoComplete'> {
  filled: boolean;
  value: string;
  onChange(value: string): void;
}

export function SecretInput({ filled, onChange, ...props }: SecretInputProps) {
  const t = useT();
  return (
    <PasswordInput
      {...props}
      placeholder={filled ? t(common.secretFilled) : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      // No manager of passwords is to offer, or keep, what belongs to another service.
      autoComplete="new-password"
      data-1p-ignore
      data-lpignore="true"
      styles={{ innerInput: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  );
}
