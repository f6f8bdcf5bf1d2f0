/** Editing a node's pinned output as JSON. */
import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { Suspense, useState } from 'react';
import type { GraphNode } from '../../../../../contracts/graph.ts';
import type { Item } from '../../../../../contracts/item.ts';
import { common } from '../../../i18n/common.ts';
import { editorText } from '../../../i18n/editor.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { SourceField } from '../expression/lazy-fields.tsx';
import { readItems } from './read-items.ts';

export interface PinEditorProps {
  node: GraphNode;
  items: readonly Item[];
  onPin(items: Item[]): void;
  onClose(): void;
}

export function PinEditor({ node, items, onPin, onClose }: PinEditorProps) {
  const t = useT();
  const title = t(inspectorText.pinTitle, { name: node.name });
  const [text, setText] = useState(() =>
    JSON.stringify(items.length > 0 ? items.map((item) => item.json) : [{}], null, 2),
  );
  const read = readItems(text);
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <Stack>
        <Text size="sm" c="dimmed">
          {t(editorText.inputHelp)}
        </Text>
        <Suspense fallback={<Skeleton height={250} />}>
          <SourceField
            language="json"
            value={text}
            onChange={setText}
            label={title}
            testId="pinned-json"
            minLines={12}
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
            data-testid="pin-items"
            onClick={() => {
              if (read.kind !== 'items') return;
              onPin(read.items);
              onClose();
            }}
          >
            {t(inspectorText.saveItems)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
