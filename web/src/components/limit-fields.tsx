/** A concurrency limit: how many runs at once, and what becomes of one more. */
import { NumberInput, Select } from '@mantine/core';
import type { LimitPolicy } from '../../../contracts/flow.ts';
import { flowText } from '../i18n/flow.ts';
import { useT } from '../i18n/language.ts';

export interface LimitFieldsProps<P extends LimitPolicy> {
  label: string;
  description?: string;
  value: { limit: number; policy: P } | undefined;
  /** Those that may be chosen, the default first. */
  policies: readonly [P, ...P[]];
  /** Undefined: no limit. */
  onChange(value: { limit: number; policy: P } | undefined): void;
  readOnly?: boolean;
  testId: string;
}

export function LimitFields<P extends LimitPolicy>({
  label,
  description,
  value,
  policies,
  onChange,
  readOnly = false,
  testId,
}: LimitFieldsProps<P>) {
  const t = useT();
  const policy = value?.policy ?? policies[0];
  return (
    <>
      <NumberInput
        label={label}
        description={description}
        data-testid={testId}
        min={1}
        max={1_000}
        allowDecimal={false}
        clampBehavior="strict"
        disabled={readOnly}
        value={value?.limit ?? ''}
        onChange={(limit) =>
          onChange(typeof limit === 'number' && limit >= 1 ? { limit, policy } : undefined)
        }
      />
      {value && (
        <Select
          label={t(flowText.policy)}
          data-testid={`${testId}-policy`}
          data={policies.map((one) => ({ value: one, label: t(flowText[one]) }))}
          allowDeselect={false}
          disabled={readOnly}
          value={policy}
          onChange={(chosen) => chosen && onChange({ ...value, policy: chosen as P })}
        />
      )}
    </>
  );
}
