/** One parameter of a node: the control that the catalogue asks for, fixed or as an expression. */
import {
  ActionIcon,
  Box,
  Group,
  Input,
  NumberInput,
  Select,
  Switch,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconBraces, IconForms } from '@tabler/icons-react';
import { type DragEvent, Suspense, useState } from 'react';
import { isExpression } from '../../../../../contracts/expression.ts';
import type { JsonValue } from '../../../../../contracts/json.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { fieldMime } from '../data/field-mime.ts';
import { ExpressionField, preloadExpressionField, SourceField } from '../expression/lazy-fields.tsx';
import { useReadOnly } from '../state/editor-store.ts';
import { AgentField } from './agent-field.tsx';
import { AutomationField } from './automation-field.tsx';
import { CredentialField } from './credential-field.tsx';
import { asText, expressionBody, expressionValue, fixedValue, typedValue } from './form-values.ts';
import { KnowledgeField } from './knowledge-field.tsx';
import { ListField } from './list-field.tsx';
import { McpServerField, McpToolField } from './mcp-fields.tsx';
import { ModelField } from './model-field.tsx';
import type { ParameterFieldProps } from './parameter-field-props.ts';

export function ParameterField(props: ParameterFieldProps) {
  const { field, path, value, onChange, compact = false } = props;
  const t = useT();
  const readOnly = useReadOnly();
  const [wantsFocus, setWantsFocus] = useState(false);
  if (field.control === 'list' || field.control === 'group')
    return <ListField {...props} renderField={(inner) => <ParameterField {...inner} />} />;
  const name = path.join('.');
  const testId = `field-${name}`;
  const label = t(field.label);
  const isDynamic = isExpression(value) && field.dynamic;
  const put = (next: JsonValue) => onChange(path, next);
  const type = (text: string) => {
    const next = field.dynamic ? typedValue(text) : text;
    if (isExpression(next) && field.dynamic) setWantsFocus(true);
    put(next);
  };
  const toggle = () => {
    setWantsFocus(!isDynamic);
    const given = value ?? (field.defaultValue as JsonValue | undefined);
    put(isDynamic ? fixedValue(field, value) : expressionValue(asText(given)));
  };
  const onDrop = (event: DragEvent) => {
    const dragged = event.dataTransfer.getData(fieldMime);
    // In the expression editor the drop goes where it was let go; CodeMirror does that itself.
    if (!dragged || !field.dynamic || isDynamic) return;
    event.preventDefault();
    put(expressionValue(expressionBody(value) + dragged));
  };
  const error = props.problems.get(name);
  const shared = { 'data-testid': testId, 'aria-label': label, error: Boolean(error) };
  const typed = { ...shared, ...(field.dynamic && { onFocus: preloadExpressionField }) };
  const shown = value ?? (field.defaultValue as JsonValue | undefined);

  const control = () => {
    if (isDynamic)
      return (
        <ExpressionField
          value={value}
          onChange={put}
          label={label}
          testId={testId}
          error={error}
          multiline={field.control === 'multiline' || field.control === 'json'}
          autoFocus={wantsFocus}
        />
      );
    switch (field.control) {
      case 'select':
        return (
          <Select
            {...shared}
            data={(field.values ?? []).map((option) => ({
              value: option,
              label: field.options?.[option] ? t(field.options[option]) : option,
            }))}
            value={asText(shown)}
            onChange={(next) => next !== null && put(next)}
            allowDeselect={false}
            searchable={(field.values?.length ?? 0) > 8}
            maxDropdownHeight={320}
            comboboxProps={{ withinPortal: true, width: 'max-content', position: 'bottom-start' }}
          />
        );
      case 'switch':
        return (
          <Switch
            data-testid={testId}
            label={label}
            description={field.help && t(field.help)}
            checked={shown === true}
            onChange={(event) => put(event.currentTarget.checked)}
          />
        );
      case 'number':
        return (
          <NumberInput
            {...shared}
            value={typeof shown === 'number' ? shown : asText(shown)}
            onChange={(next) => next !== '' && put(next)}
          />
        );
      case 'code':
      case 'json':
        return (
          <SourceField
            language={field.control === 'code' ? 'javascript' : 'json'}
            value={typeof shown === 'string' ? shown : JSON.stringify(shown ?? {}, null, 2)}
            onChange={type}
            label={label}
            testId={testId}
            readOnly={readOnly}
          />
        );
      case 'automation':
        return <AutomationField value={asText(shown)} onChange={put} shared={shared} />;
      case 'agent':
        return <AgentField value={asText(shown)} onChange={put} shared={shared} />;
      case 'knowledge':
        return <KnowledgeField value={asText(shown)} onChange={put} shared={shared} />;
      case 'mcpServer':
        return <McpServerField value={asText(shown)} onChange={put} shared={shared} />;
      case 'mcpTool':
        return <McpToolField value={asText(shown)} onChange={put} shared={shared} />;
      case 'model':
        return <ModelField value={asText(shown)} onChange={put} shared={shared} />;
      case 'credential':
        return <CredentialField value={asText(shown)} onChange={put} shared={shared} />;
      case 'multiline':
        return (
          <Textarea
            {...typed}
            autosize
            minRows={3}
            maxRows={16}
            value={asText(shown)}
            placeholder={field.placeholder}
            onChange={(event) => type(event.currentTarget.value)}
          />
        );
      case 'dateTime':
      case 'text':
        return (
          <TextInput
            {...typed}
            value={asText(shown)}
            placeholder={field.placeholder}
            onChange={(event) => type(event.currentTarget.value)}
          />
        );
    }
  };

  if (field.control === 'switch' && !isDynamic)
    return (
      <Group justify="space-between" wrap="nowrap" align="flex-start" data-field={name}>
        {control()}
        {field.dynamic && <ModeToggle isDynamic={false} onToggle={toggle} testId={testId} />}
      </Group>
    );
  return (
    <Box
      data-field={name}
      onDrop={onDrop}
      onDragOver={(event) =>
        field.dynamic && event.dataTransfer.types.includes(fieldMime) && event.preventDefault()
      }
    >
      <Group justify="space-between" wrap="nowrap" gap={4} mb={3}>
        <Input.Label size={compact ? 'xs' : 'sm'} required={field.required} labelElement="div">
          {label}
        </Input.Label>
        {field.dynamic && <ModeToggle isDynamic={isDynamic} onToggle={toggle} testId={testId} />}
      </Group>
      <Suspense fallback={<TextInput disabled value={asText(value)} aria-label={label} />}>
        {control()}
      </Suspense>
      {error ? (
        <Input.Error mt={3}>{error}</Input.Error>
      ) : (
        field.help && !compact && <Input.Description mt={3}>{t(field.help)}</Input.Description>
      )}
    </Box>
  );
}

function ModeToggle({
  isDynamic,
  onToggle,
  testId,
}: {
  isDynamic: boolean;
  onToggle(): void;
  testId: string;
}) {
  const t = useT();
  const label = t(isDynamic ? inspectorText.useFixed : inspectorText.useExpression);
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={20}
        aria-label={label}
        aria-pressed={isDynamic}
        variant={isDynamic ? 'light' : 'subtle'}
        color={isDynamic ? 'iris' : 'gray'}
        onClick={onToggle}
        data-testid={`${testId}-mode`}
      >
        {isDynamic ? <IconForms size={14} /> : <IconBraces size={14} />}
      </ActionIcon>
    </Tooltip>
  );
}
