/** A JSON schema as it is written: what is wrong with it is said at once, and what fits it is shown. */
import { Code, Input, Loader, Stack, Text } from '@mantine/core';
import { Suspense, useState } from 'react';
import type { JsonObject } from '../../../contracts/json.ts';
import { jsonObject } from '../../../contracts/json.ts';
import { sampleOf } from '../../../contracts/json-schema/sample-of.ts';
import { schemaProblem } from '../../../contracts/json-schema/schema-problem.ts';
import { schemaText } from '../i18n/agents.ts';
import { useT } from '../i18n/language.ts';
import { SourceField } from '../pages/editor/expression/lazy-fields.tsx';

export interface JsonSchemaFieldProps {
  label: string;
  description?: string;
  value: JsonObject;
  /** Only what is a JSON object: what is half typed stays in the field. */
  onChange(schema: JsonObject): void;
  /** Above the example. */
  exampleLabel: string;
  readOnly?: boolean;
  testId?: string;
}

export function JsonSchemaField(props: JsonSchemaFieldProps) {
  const { label, description, value, onChange, exampleLabel, readOnly = false, testId } = props;
  const t = useT();
  const [written, setWritten] = useState(() => JSON.stringify(value, null, 2));
  const read = readObject(written);
  const problem = read && schemaProblem(read);
  const error = read === undefined ? t(schemaText.notJson) : problem && t(problem);
  const change = (next: string) => {
    setWritten(next);
    const schema = readObject(next);
    if (schema) onChange(schema);
  };
  return (
    <Stack gap="xs">
      <Input.Wrapper label={label} description={description} error={error} labelElement="div">
        <Suspense fallback={<Loader size="sm" />}>
          <SourceField
            language="json"
            label={label}
            value={written}
            onChange={change}
            minLines={5}
            readOnly={readOnly}
            {...(testId && { testId })}
          />
        </Suspense>
      </Input.Wrapper>
      {read && !problem && (
        <div data-testid="schema-example">
          <Text size="xs" c="dimmed" mb={3}>
            {exampleLabel}
          </Text>
          <Code block>{JSON.stringify(sampleOf(read, '…'), null, 2)}</Code>
        </div>
      )}
    </Stack>
  );
}

function readObject(written: string): JsonObject | undefined {
  try {
    return jsonObject.safeParse(JSON.parse(written)).data;
  } catch {
    return undefined;
  }
}
