import { Text } from '@mantine/core';
import { editorText } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';

export function EmptyCanvas() {
  const t = useT();
  return (
    <div
      style={{ position: 'absolute', inset: 0, display: 'grid', placeItems: 'center', pointerEvents: 'none' }}
    >
      <div style={{ maxWidth: 360, textAlign: 'center' }}>
        <Text fw={600} size="lg">
          {t(editorText.emptyCanvas)}
        </Text>
        <Text c="dimmed">{t(editorText.emptyCanvasHelp)}</Text>
      </div>
    </div>
  );
}
