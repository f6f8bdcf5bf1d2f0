/** Code that an agent calls, and the schema of its arguments. */
import { Input, Loader } from '@mantine/core';
import { Suspense } from 'react';
import type { Tool } from '../../../../../contracts/agents/tool.ts';
import { JsonSchemaField } from '../../../components/json-schema-field.tsx';
import { toolsText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';
import { SourceField } from '../../editor/expression/lazy-fields.tsx';
import type { ToolFormProps } from './tool-form-props.ts';

type CodeTool = Extract<Tool, { kind: 'code' }>;

export function CodeFields({ tool, onChange }: Omit<ToolFormProps, 'tool'> & { tool: CodeTool }) {
  const t = useT();
  return (
    <>
      <Input.Wrapper label={t(toolsText.code)} description={t(toolsText.codeHelp)} labelElement="div">
        <Suspense fallback={<Loader size="sm" />}>
          <SourceField
            language="javascript"
            label={t(toolsText.code)}
            value={tool.code}
            onChange={(code) => onChange({ ...tool, code })}
            minLines={5}
          />
        </Suspense>
      </Input.Wrapper>
      <JsonSchemaField
        label={t(toolsText.parameters)}
        value={tool.parameters}
        onChange={(parameters) => onChange({ ...tool, parameters })}
        exampleLabel={t(toolsText.parametersExample)}
      />
    </>
  );
}
