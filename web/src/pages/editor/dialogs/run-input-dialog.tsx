/** Running with items of one's own, and from a trigger of one's choice. */
import { Button, Group, Modal, Select, Skeleton, Stack, Text } from '@mantine/core';
import { Suspense, useState } from 'react';
import { findNodeType } from '../../../../../contracts/catalogue/index.ts';
import type { Item } from '../../../../../contracts/item.ts';
import { common } from '../../../i18n/common.ts';
import { editorText } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';
import { readItems } from '../data/read-items.ts';
import { SourceField } from '../expression/lazy-fields.tsx';
import { useGraph } from '../state/editor-store.ts';

export interface RunInputDialogProps {
  onRun(options: { items: Item[]; trigger?: string }): void;
  onClose(): void;
}

export function RunInputDialog({ onRun, onClose }: RunInputDialogProps) {
  const t = useT();
  const triggers = useGraph().nodes.filter(
    (node) => findNodeType(node.type)?.role === 'trigger' && !node.disabled,
  );
  const [trigger, setTrigger] = useState(triggers[0]?.id);
  const sample = triggers.find((node) => node.id === trigger)?.parameters.sample;
  const [text, setText] = useState(typeof sample === 'string' ? sample : '{}');
  const read = readItems(text);
  return (
    <Modal opened onClose={onClose} title={t(editorText.inputTitle)} size="lg">
      <Stack>
        {triggers.length > 1 && (
          <Select
            label={t(editorText.inputTrigger)}
            data={triggers.map(({ id, name }) => ({ value: id, label: name }))}
            value={trigger ?? null}
            onChange={(value) => value && setTrigger(value)}
            allowDeselect={false}
          />
        )}
        <Text size="sm" c="dimmed">
          {t(editorText.inputHelp)}
        </Text>
        <Suspense fallback={<Skeleton height={250} />}>
          <SourceField
            language="json"
            value={text}
            onChange={setText}
            label={t(editorText.inputTitle)}
            testId="run-input"
            minLines={10}
          />
        </Suspense>
        {read.kind === 'notItems' && (
          <Text size="sm" c="red">
            {t(editorText.notItems)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t(common.cancel)}
          </Button>
          <Button
            disabled={read.kind !== 'items'}
            data-testid="run-with-input"
            onClick={() => {
              if (read.kind !== 'items') return;
              onRun({ items: read.items, ...(trigger && { trigger }) });
              onClose();
            }}
          >
            {t(editorText.run)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
