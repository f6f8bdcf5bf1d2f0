/** Settings of the automation: time zone and the brake on runaway loops. */
import { Modal, NumberInput, Select, Stack } from '@mantine/core';
import { useMemo } from 'react';
import type { GraphSettings } from '../../../../../contracts/graph.ts';
import { editorText } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';
import { useEditorStore, useGraph } from '../state/editor-store.ts';

export function SettingsDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const t = useT();
  const store = useEditorStore();
  const { settings } = useGraph();
  const zones = useMemo(
    () => [...new Set(['UTC', settings.timezone, ...Intl.supportedValuesOf('timeZone')])],
    [settings.timezone],
  );
  const change = (part: Partial<GraphSettings>) =>
    store.getState().edit((graph) => ({ ...graph, settings: { ...graph.settings, ...part } }), 'settings');
  return (
    <Modal opened={opened} onClose={onClose} title={t(editorText.settings)}>
      <Stack>
        <Select
          label={t(editorText.timezone)}
          description={t(editorText.timezoneHelp)}
          data-testid="setting-timezone"
          data={zones}
          searchable
          limit={100}
          allowDeselect={false}
          value={settings.timezone}
          onChange={(timezone) => timezone && change({ timezone })}
        />
        <NumberInput
          label={t(editorText.maxSteps)}
          description={t(editorText.maxStepsHelp)}
          data-testid="setting-maxSteps"
          min={1}
          max={10_000_000}
          thousandSeparator=" "
          value={settings.maxSteps}
          onChange={(maxSteps) =>
            typeof maxSteps === 'number' && maxSteps >= 1 && change({ maxSteps: Math.floor(maxSteps) })
          }
        />
      </Stack>
    </Modal>
  );
}
