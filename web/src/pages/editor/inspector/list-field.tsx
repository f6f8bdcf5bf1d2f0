/** A list of entries (or one group) of a node's parameters. */
import { ActionIcon, Box, Button, Group, Input, Paper, Stack, Text, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import type { JsonObject, JsonValue } from '../../../../../contracts/json.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { newEntry, shownFields } from './form-values.ts';
import type { ParameterFieldProps } from './parameter-field-props.ts';

export interface ListFieldProps extends ParameterFieldProps {
  /** Draws one field of an entry; handed in, because that may be a list again. */
  renderField(props: ParameterFieldProps): ReactNode;
}

export function ListField(props: ListFieldProps) {
  const { field, path, value, onChange, onRemoveEntry, problems } = props;
  const t = useT();
  const fields = field.fields ?? [];
  const name = path.join('.');
  if (field.control === 'group')
    return (
      <Box>
        <Input.Label mb={4}>{t(field.label)}</Input.Label>
        <Entry {...props} path={path} value={asObject(value)} />
      </Box>
    );
  const entries = Array.isArray(value) ? value : [];
  return (
    <Box data-field={name}>
      <Group justify="space-between" mb={4}>
        <Input.Label labelElement="div">{t(field.label)}</Input.Label>
        {entries.length > 0 && (
          <Text size="xs" c="dimmed">
            {entries.length}
          </Text>
        )}
      </Group>
      <Stack gap="xs">
        {entries.map((entry, index) => (
          <Paper
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
            key={index}
            p="xs"
            bg="var(--mantine-color-default-hover)"
            style={{ borderColor: 'transparent' }}
          >
            <Group align="flex-start" gap={6} wrap="nowrap">
              <Box flex={1} miw={0}>
                <Entry {...props} path={[...path, index]} value={asObject(entry)} />
              </Box>
              <Tooltip label={t(inspectorText.remove, { number: index + 1 })}>
                <ActionIcon
                  size="sm"
                  aria-label={t(inspectorText.remove, { number: index + 1 })}
                  data-testid={`field-${name}.${index}-remove`}
                  onClick={() => onRemoveEntry(path, index)}
                >
                  <IconTrash size={15} />
                </ActionIcon>
              </Tooltip>
            </Group>
          </Paper>
        ))}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          data-testid={`field-${name}-add`}
          onClick={() => onChange(path, [...entries, newEntry(fields)])}
          style={{ alignSelf: 'flex-start' }}
        >
          {t(inspectorText.add)}
        </Button>
        {problems.get(name) && <Input.Error>{problems.get(name)}</Input.Error>}
      </Stack>
    </Box>
  );
}

function Entry({ renderField, ...props }: ListFieldProps & { value: JsonObject }) {
  const { field, path, value } = props;
  return (
    <Stack gap={8}>
      {shownFields(field.fields ?? [], value).map((inner) => (
        <Fragment key={inner.name}>
          {renderField({
            ...props,
            field: inner,
            path: [...path, inner.name],
            value: value[inner.name],
            compact: true,
          })}
        </Fragment>
      ))}
    </Stack>
  );
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
