/** Flow control of one automation: limits, priority, and what starts when a run of it fails. */
import { Divider, Select, TextInput } from '@mantine/core';
import type { ExpressionText } from '../../../../../contracts/expression.ts';
import type { GraphSettings } from '../../../../../contracts/graph.ts';
import { ErrorAutomationSelect } from '../../../components/error-automation-select.tsx';
import { LimitFields } from '../../../components/limit-fields.tsx';
import { flowText } from '../../../i18n/flow.ts';
import { useT } from '../../../i18n/language.ts';

export interface FlowSettingsProps {
  /** Its own id: an automation is not its own error automation. */
  automation: string;
  settings: GraphSettings;
  change(part: Partial<GraphSettings>): void;
}

const policies = ['queue', 'skip', 'replace'] as const;
const priorities = [1, 2, 3, 4, 5] as const;

export function FlowSettings({ automation, settings, change }: FlowSettingsProps) {
  const t = useT();
  const { concurrency, concurrencyByKey: byKey } = settings;
  return (
    <>
      <Divider label={t(flowText.title)} labelPosition="left" />
      <LimitFields
        label={t(flowText.limit)}
        description={t(flowText.limitHelp)}
        value={concurrency}
        policies={policies}
        onChange={(limit) => change({ concurrency: limit })}
        testId="setting-limit"
      />
      <TextInput
        label={t(flowText.key)}
        description={t(flowText.keyHelp, { example: '{{ $json.body.customer }}' })}
        placeholder="{{ $json.body.customer }}"
        data-testid="setting-key"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={byKey?.key.slice(1) ?? ''}
        onChange={({ currentTarget: { value } }) =>
          change({
            concurrencyByKey:
              value === ''
                ? undefined
                : { limit: 1, policy: 'queue', ...byKey, key: `=${value}` as ExpressionText },
          })
        }
      />
      {byKey && (
        <LimitFields
          label={t(flowText.keyLimit)}
          value={byKey}
          policies={policies}
          onChange={(limit) => limit && change({ concurrencyByKey: { ...byKey, ...limit } })}
          testId="setting-key-limit"
        />
      )}
      <Select
        label={t(flowText.priority)}
        description={t(flowText.priorityHelp)}
        data-testid="setting-priority"
        data={[
          { value: '', label: t(flowText.priorityAuto) },
          ...priorities.map((one) => ({ value: `${one}`, label: t(flowText[`priority${one}`]) })),
        ]}
        allowDeselect={false}
        value={`${settings.priority ?? ''}`}
        onChange={(chosen) => change({ priority: chosen ? Number(chosen) : undefined })}
      />
      <ErrorAutomationSelect
        value={settings.errorAutomation}
        onChange={(errorAutomation) => change({ errorAutomation })}
        others={[
          { value: '', label: t(flowText.asWorkspace) },
          { value: 'none', label: t(flowText.noError) },
        ]}
        except={automation}
      />
    </>
  );
}
