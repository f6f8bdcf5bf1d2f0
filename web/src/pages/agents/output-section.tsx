/** The answer as JSON, for whoever works on with it: on or off, and by which schema. */
import { Stack, Switch } from '@mantine/core';
import type { JsonObject } from '../../../../contracts/json.ts';
import { JsonSchemaField } from '../../components/json-schema-field.tsx';
import { Section } from '../../components/section.tsx';
import { outputText } from '../../i18n/agents.ts';
import { useT } from '../../i18n/language.ts';
import type { SectionProps } from './section-props.ts';

const firstSchema: JsonObject = {
  type: 'object',
  properties: {
    summary: { type: 'string', description: 'In one sentence' },
    urgent: { type: 'boolean' },
  },
  required: ['summary', 'urgent'],
};

export function OutputSection({
  draft: { output },
  changeDraft,
  readOnly,
}: SectionProps & { readOnly: boolean }) {
  const t = useT();
  return (
    <Section title={t(outputText.title)} help={t(outputText.help)}>
      <Stack>
        <Switch
          label={t(outputText.on)}
          checked={output !== undefined}
          onChange={(event) => changeDraft({ output: event.currentTarget.checked ? firstSchema : undefined })}
          data-testid="agent-output"
        />
        {output && (
          <JsonSchemaField
            label={t(outputText.schema)}
            value={output}
            onChange={(next) => changeDraft({ output: next })}
            exampleLabel={t(outputText.example)}
            readOnly={readOnly}
            testId="output-schema"
          />
        )}
      </Stack>
    </Section>
  );
}
