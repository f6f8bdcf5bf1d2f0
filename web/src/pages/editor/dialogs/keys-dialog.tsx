/** The keyboard map. */
import { Group, Kbd, Modal, SimpleGrid, Text } from '@mantine/core';
import type { Text as Words } from '../../../../../contracts/text.ts';
import { editorText, keyTexts } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';

const keys: readonly (readonly [keys: string, what: Words])[] = [
  ['N', keyTexts.add],
  ['Tab', keyTexts.walk],
  ['Enter', keyTexts.open],
  ['Esc', keyTexts.back],
  ['C', keyTexts.connect],
  ['← ↑ ↓ →', keyTexts.move],
  ['Ctrl Enter', keyTexts.run],
  ['Ctrl S', keyTexts.save],
  ['Ctrl Z', keyTexts.undo],
  ['Ctrl Shift Z', keyTexts.redo],
  ['Ctrl C', keyTexts.copy],
  ['Ctrl X', keyTexts.cut],
  ['Ctrl V', keyTexts.paste],
  ['Ctrl D', keyTexts.duplicate],
  ['Ctrl A', keyTexts.all],
  ['Delete', keyTexts.delete],
  ['F2', keyTexts.rename],
  ['D', keyTexts.disable],
  ['Shift S', keyTexts.note],
  ['Shift L', keyTexts.layout],
  ['1', keyTexts.fit],
  ['Esc', keyTexts.deselect],
  ['Ctrl K', keyTexts.search],
  ['?', keyTexts.help],
];

export function KeysDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={onClose} title={t(editorText.keys)} size="lg">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {keys.map(([combination, what]) => (
          <Group key={combination + what.en} justify="space-between" wrap="nowrap">
            <Text size="sm">{t(what)}</Text>
            <Group gap={4} wrap="nowrap">
              {combination.split(' ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
      </SimpleGrid>
    </Modal>
  );
}
