/** Settings of the automation: time zone, the brake on runaway loops, how its runs flow, how long they are kept. */
import { Divider, Modal, NumberInput, Select, Stack } from '@mantine/core';
import { useMemo } from 'react';
import type { GraphSettings } from '../../../../../contracts/graph.ts';
import { useAutomationRetention } from '../../../api/retention.ts';
import { useCan } from '../../../api/session.ts';
import { RetentionForm } from '../../../components/retention-form.tsx';
import { editorText } from '../../../i18n/editor.ts';
import { useT } from '../../../i18n/language.ts';
import { retentionText } from '../../../i18n/retention.ts';
import { useEditorStore, useGraph } from '../state/editor-store.ts';
import { FlowSettings } from './flow-settings.tsx';

export interface SettingsDialogProps {
  automation: string;
  opened: boolean;
  onClose(): void;
}

export function SettingsDialog({ automation, opened, onClose }: SettingsDialogProps) {
  const t = useT();
  const store = useEditorStore();
  const { settings } = useGraph();
  const kept = useAutomationRetention(automation, opened);
  const mayKeep = useCan('automation.delete');
  const inherited = t(retentionText.emptyAutomation);
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
        <FlowSettings automation={automation} settings={settings} change={change} />
        {kept.data && (
          <>
            <Divider label={t(retentionText.title)} labelPosition="left" />
            <RetentionForm
              automation={automation}
              kept={kept.data}
              whenEmpty={{ bodyDays: inherited, runDays: inherited }}
              readOnly={!mayKeep}
            />
          </>
        )}
      </Stack>
    </Modal>
  );
}
