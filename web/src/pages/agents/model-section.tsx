/** What answers for the agent, and how. */
import { Input, SimpleGrid, Stack } from '@mantine/core';
import type { AgentDefinition } from '../../../../contracts/agents/agent.ts';
import { Section } from '../../components/section.tsx';
import { agentFormText } from '../../i18n/agents.ts';
import { useT } from '../../i18n/language.ts';
import { ModelField } from '../editor/inspector/model-field.tsx';
import { OptionalNumber } from './optional-number.tsx';
import type { SectionProps } from './section-props.ts';

export function ModelSection({ draft: { model, parameters }, errors, changeDraft }: SectionProps) {
  const t = useT();
  const put = (name: keyof AgentDefinition['parameters'], value: number | undefined) => {
    const { [name]: _, ...others } = parameters;
    changeDraft({
      parameters: {
        ...others,
        contextTokens: name === 'contextTokens' ? (value ?? 60_000) : parameters.contextTokens,
        ...(value !== undefined && { [name]: value }),
      },
    });
  };
  return (
    <Section title={t(agentFormText.model)} help={t(agentFormText.modelHelp)}>
      <Stack>
        <Input.Wrapper error={errors.get('model')}>
          <ModelField
            value={model}
            onChange={(choice) => changeDraft({ model: choice })}
            shared={{
              'data-testid': 'agent-model',
              'aria-label': t(agentFormText.model),
              error: errors.has('model'),
            }}
          />
        </Input.Wrapper>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <OptionalNumber
            label={t(agentFormText.temperature)}
            description={t(agentFormText.temperatureHelp)}
            placeholder={t(agentFormText.modelsOwn)}
            value={parameters.temperature}
            error={errors.get('parameters.temperature')}
            min={0}
            max={2}
            decimals
            onChange={(value) => put('temperature', value)}
          />
          <OptionalNumber
            label={t(agentFormText.maxTokens)}
            description={'\u00a0'}
            placeholder={t(agentFormText.modelsOwn)}
            value={parameters.maxTokens}
            error={errors.get('parameters.maxTokens')}
            min={1}
            max={1_000_000}
            onChange={(value) => put('maxTokens', value)}
          />
          <OptionalNumber
            label={t(agentFormText.contextTokens)}
            description={'\u00a0'}
            placeholder="60000"
            value={parameters.contextTokens}
            error={errors.get('parameters.contextTokens')}
            min={2_000}
            max={2_000_000}
            onChange={(value) => put('contextTokens', value)}
          />
        </SimpleGrid>
      </Stack>
    </Section>
  );
}
