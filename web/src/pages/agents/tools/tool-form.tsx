/** The form of one tool: what all have, then what its kind needs. */
import { Box, Stack, Textarea, TextInput } from '@mantine/core';
import { toolsText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';
import { ApprovalField } from './approval-field.tsx';
import { ApproversField } from './approvers-field.tsx';
import { KindFields } from './kind-fields.tsx';
import type { ToolFormProps } from './tool-form-props.ts';

export function ToolForm(props: ToolFormProps) {
  const t = useT();
  const { tool, onChange, errorOf } = props;
  return (
    <Stack>
      {/* On a phone its name needs the row. */}
      <Box hiddenFrom="sm">
        <ApprovalField value={tool.approval} onChange={(approval) => onChange({ ...tool, approval })} />
      </Box>
      <TextInput
        label={t(toolsText.name)}
        value={tool.name}
        onChange={(event) => onChange({ ...tool, name: event.currentTarget.value })}
        error={errorOf('name')}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        data-testid="tool-name"
      />
      <Textarea
        label={t(toolsText.description)}
        value={tool.description}
        onChange={(event) => onChange({ ...tool, description: event.currentTarget.value })}
        error={errorOf('description')}
        autosize
        minRows={2}
        maxRows={8}
        data-testid="tool-description"
      />
      <KindFields {...props} />
      {(tool.approval === 'ask' || tool.kind === 'ask-human') && (
        <ApproversField
          value={tool.approvers}
          onChange={(approvers) => onChange({ ...tool, approvers })}
          errorOf={(path) => errorOf(`approvers.${path}`)}
        />
      )}
    </Stack>
  );
}
