/** A number that may be left out. */
import { NumberInput } from '@mantine/core';

export interface OptionalNumberProps {
  label: string;
  description?: string;
  placeholder: string;
  value: number | undefined;
  onChange(value: number | undefined): void;
  error: string | undefined;
  min: number;
  max?: number;
  decimals?: boolean;
}

export function OptionalNumber({ value, onChange, decimals = false, ...rest }: OptionalNumberProps) {
  return (
    <NumberInput
      {...rest}
      value={value ?? ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
      allowDecimal={decimals}
      thousandSeparator=","
    />
  );
}
