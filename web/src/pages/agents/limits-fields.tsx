/** Where one run of the agent ends by itself. */
import { SimpleGrid } from '@mantine/core';
import type { AgentLimits } from '../../../../contracts/agents/agent.ts';
import { agentFormText } from '../../i18n/agents.ts';
import { useT } from '../../i18n/language.ts';
import { toDollars, toMicros } from '../../lib/money.ts';
import { OptionalNumber } from './optional-number.tsx';
import type { SectionProps } from './section-props.ts';

export function LimitsFields({ draft: { limits }, errors, changeDraft }: SectionProps) {
  const t = useT();
  const put = (name: keyof AgentLimits, value: number | undefined) => {
    const { [name]: _, ...others } = limits;
    // Without its own, an agent has the contract's number of steps.
    changeDraft({
      limits: {
        ...others,
        steps: name === 'steps' ? (value ?? 50) : limits.steps,
        ...(value && { [name]: value }),
      },
    });
  };
  const shared = (name: keyof AgentLimits) => ({
    label: t(agentFormText[name]),
    placeholder: t(agentFormText.noLimit),
    error: errors.get(`limits.${name}`),
  });
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }}>
      <OptionalNumber
        {...shared('steps')}
        value={limits.steps}
        min={1}
        max={10_000}
        onChange={(value) => put('steps', value)}
      />
      <OptionalNumber
        {...shared('tokens')}
        value={limits.tokens}
        min={1}
        onChange={(value) => put('tokens', value)}
      />
      <OptionalNumber
        {...shared('money')}
        value={limits.money === undefined ? undefined : toDollars(limits.money)}
        min={0}
        decimals
        onChange={(value) => put('money', value === undefined ? undefined : toMicros(value))}
      />
      <OptionalNumber
        {...shared('seconds')}
        value={limits.seconds}
        min={1}
        onChange={(value) => put('seconds', value)}
      />
    </SimpleGrid>
  );
}
