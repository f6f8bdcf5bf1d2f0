import { NumberInput, SimpleGrid } from '@mantine/core';
import type { ModelLimits } from '../../../../contracts/models/provider.ts';
import { useT } from '../../i18n/language.ts';
import { modelsText } from '../../i18n/models.ts';

const names = ['requestsPerMinute', 'tokensPerMinute', 'concurrency'] as const;

/** Empty: no limit. */
export function LimitInputs({
  value,
  onChange,
}: {
  value: ModelLimits;
  onChange(limits: ModelLimits): void;
}) {
  const t = useT();
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      {names.map((name) => (
        <NumberInput
          key={name}
          label={t(modelsText[name])}
          placeholder={t(modelsText.noLimit)}
          value={value[name] ?? ''}
          min={1}
          allowDecimal={false}
          thousandSeparator=","
          onChange={(next) => {
            const { [name]: _, ...others } = value;
            onChange(typeof next === 'number' ? { ...others, [name]: next } : others);
          }}
          data-testid={`limit-${name}`}
        />
      ))}
    </SimpleGrid>
  );
}
