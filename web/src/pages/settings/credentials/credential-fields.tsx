/** The fields of a credential, made from what its kind says of itself. */
import {
  ActionIcon,
  Anchor,
  Button,
  Group,
  Input,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { CredentialType } from '../../../../../contracts/credentials/index.ts';
import type { Field } from '../../../../../contracts/field.ts';
import type { JsonObject, JsonValue } from '../../../../../contracts/json.ts';
import { SecretInput } from '../../../components/secret-input.tsx';
import { credentialsText } from '../../../i18n/credentials.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { asText, newEntry } from '../../editor/inspector/form-values.ts';
import { type CredentialProblems, isNeededAgain, shownCredentialFields } from './credential-values.ts';

interface CredentialFieldsProps {
  type: CredentialType;
  values: JsonObject;
  /** Names of the secrets that are saved. */
  filled: readonly string[];
  /** Those of them that have to be typed again. */
  again: readonly string[];
  problems: CredentialProblems;
  onChange(values: JsonObject): void;
}

export function CredentialFields({ type, values, filled, again, problems, onChange }: CredentialFieldsProps) {
  return shownCredentialFields(type, values).map((field) => (
    <OneField
      key={field.name}
      field={field}
      path={field.name}
      value={values[field.name]}
      filled={filled.includes(field.name)}
      again={again.includes(field.name)}
      problems={problems}
      onChange={(value) => onChange({ ...values, [field.name]: value })}
    />
  ));
}

interface OneFieldProps {
  field: Field;
  path: string;
  value: JsonValue | undefined;
  filled: boolean;
  again?: boolean;
  problems: CredentialProblems;
  onChange(value: JsonValue): void;
}

function OneField(props: OneFieldProps) {
  const t = useT();
  const { field, path, value, filled, again = false, onChange } = props;
  if (field.control === 'list') return <ListField {...props} />;
  const problem = props.problems[path];
  const shared = {
    label: t(field.label),
    description: again ? t(isNeededAgain) : field.help && t(field.help),
    error: typeof problem === 'object' ? t(problem) : problem,
    withAsterisk: again || (field.required && !filled),
    'data-testid': `credential-${path}`,
  };
  const shown = value ?? (field.defaultValue as JsonValue | undefined);
  if (field.secret) {
    const emptied = filled && value === null;
    const canEmpty = filled && !field.required;
    return (
      <div>
        <SecretInput
          {...shared}
          filled={filled && !emptied && !again}
          value={asText(value)}
          onChange={onChange}
        />
        {canEmpty && (
          <Anchor
            component="button"
            type="button"
            size="xs"
            mt={4}
            onClick={() => onChange(emptied ? '' : null)}
          >
            {t(emptied ? credentialsText.keep : credentialsText.emptyIt)}
          </Anchor>
        )}
      </div>
    );
  }
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
          onChange={(next) => next !== null && onChange(next)}
          allowDeselect={false}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={typeof shown === 'number' ? shown : ''}
          onChange={(next) => onChange(next)}
          allowDecimal={false}
          thousandSeparator={false}
        />
      );
    default:
      return (
        <TextInput
          {...shared}
          value={asText(shown)}
          placeholder={field.placeholder}
          onChange={(event) => onChange(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
      );
  }
}

function ListField({ field, path, value, filled, again = false, problems, onChange }: OneFieldProps) {
  const t = useT();
  const fields = field.fields ?? [];
  const entries = Array.isArray(value) ? (value as JsonObject[]) : [];
  const problem = problems[path];
  const put = (index: number, entry: JsonObject) =>
    onChange(entries.map((other, at) => (at === index ? entry : other)));
  return (
    <Input.Wrapper
      label={t(field.label)}
      description={again ? t(isNeededAgain) : field.help && t(field.help)}
      error={typeof problem === 'object' ? t(problem) : problem}
      withAsterisk={again || (field.required && !filled)}
      labelElement="div"
    >
      <Stack gap="xs" mt={6}>
        {filled && !again && entries.length === 0 && (
          <Text size="sm" c="dimmed">
            {t(credentialsText.filledList)}
          </Text>
        )}
        {entries.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
          <Group key={index} gap={6} wrap="nowrap" align="flex-end">
            {fields.map((inner) => (
              <div key={inner.name} style={{ flex: 1, minWidth: 0 }}>
                <OneField
                  field={inner}
                  path={`${path}.${index}.${inner.name}`}
                  value={entry[inner.name]}
                  filled={false}
                  problems={problems}
                  onChange={(next) => put(index, { ...entry, [inner.name]: next })}
                />
              </div>
            ))}
            <Tooltip label={t(inspectorText.remove, { number: index + 1 })}>
              <ActionIcon
                size="lg"
                aria-label={t(inspectorText.remove, { number: index + 1 })}
                onClick={() => onChange(entries.filter((_, at) => at !== index))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Tooltip>
          </Group>
        ))}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...entries, newEntry(fields)])}
          style={{ alignSelf: 'flex-start' }}
          data-testid={`credential-${path}-add`}
        >
          {t(inspectorText.add)}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
