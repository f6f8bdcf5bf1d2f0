/** Other input for the step at which a retry begins: asked for by a button, then typed as JSON, beginning with what it had. */
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Suspense } from 'react';
import type { Item } from '../../../../contracts/item.ts';
import { editorText } from '../../i18n/editor.ts';
import { useT } from '../../i18n/language.ts';
import { rerunsText } from '../../i18n/reruns.ts';
import type { ReadItems } from '../editor/data/read-items.ts';
import { SourceField } from '../editor/expression/lazy-fields.tsx';

export interface RetryInputProps {
  /** Of the node. */
  name: string;
  items: readonly Item[];
  /** Undefined: the input it had. */
  typed: string | undefined;
  read: ReadItems | undefined;
  onChange(typed: string | undefined): void;
}

export function RetryInput({ name, items, typed, read, onChange }: RetryInputProps) {
  const t = useT();
  if (typed === undefined)
    return (
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPencil size={14} />}
          onClick={() => onChange(JSON.stringify(items.map(shown), null, 2))}
          data-testid="edit-input"
        >
          {t(rerunsText.editInput, { name })}
        </Button>
      </Group>
    );
  return (
    <Stack gap={6}>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {t(rerunsText.inputOf, { name })}
        </Text>
        <Button variant="subtle" size="compact-xs" onClick={() => onChange(undefined)}>
          {t(rerunsText.sameInput)}
        </Button>
      </Group>
      <Suspense fallback={<Skeleton height={180} />}>
        <SourceField
          language="json"
          value={typed}
          onChange={onChange}
          label={t(rerunsText.inputOf, { name })}
          testId="retry-input"
          minLines={8}
          maxHeight="300px"
        />
      </Suspense>
      {read?.kind === 'notItems' && (
        <Text size="sm" c="red">
          {t(editorText.notItems)}
        </Text>
      )}
    </Stack>
  );
}

/** Files travel with their items; others are easier to read without the wrapping. */
function shown({ json, binary }: Item) {
  return binary ? { json, binary } : json;
}
