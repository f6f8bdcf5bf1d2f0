/** Code that an agent calls, and the schema of its arguments. */
import { Input, Loader } from '@mantine/core';
import { Suspense, useState } from 'react';
import type { Tool } from '../../../../../contracts/agents/tool.ts';
import { jsonObject } from '../../../../../contracts/json.ts';
import { toolsText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';
import { SourceField } from '../../editor/expression/lazy-fields.tsx';
import type { ToolFormProps } from './tool-form-props.ts';

type CodeTool = Extract<Tool, { kind: 'code' }>;

export function CodeFields({ tool, onChange }: Omit<ToolFormProps, 'tool'> & { tool: CodeTool }) {
  const t = useT();
  const [schema, setSchema] = useState(() => JSON.stringify(tool.parameters, null, 2));
  const [isWrong, setIsWrong] = useState(false);
  const changeSchema = (written: string) => {
    setSchema(written);
    const parameters = readObject(written);
    setIsWrong(parameters === undefined);
    if (parameters) onChange({ ...tool, parameters });
  };
  return (
    <Suspense fallback={<Loader size="sm" />}>
      <Input.Wrapper label={t(toolsText.code)} description={t(toolsText.codeHelp)} labelElement="div">
        <SourceField
          language="javascript"
          label={t(toolsText.code)}
          value={tool.code}
          onChange={(code) => onChange({ ...tool, code })}
          minLines={5}
        />
      </Input.Wrapper>
      <Input.Wrapper
        label={t(toolsText.parameters)}
        error={isWrong && t(toolsText.notJson)}
        labelElement="div"
      >
        <SourceField
          language="json"
          label={t(toolsText.parameters)}
          value={schema}
          onChange={changeSchema}
          minLines={5}
        />
      </Input.Wrapper>
    </Suspense>
  );
}

function readObject(written: string) {
  try {
    return jsonObject.safeParse(JSON.parse(written)).data;
  } catch {
    return undefined;
  }
}
