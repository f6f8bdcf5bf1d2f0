/** Days that records are kept: of the workspace, or of one automation, which may hold all of its runs. */
import { Button, Group, NumberInput, Stack, Switch } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AutomationRetention } from '../../../contracts/api/retention.ts';
import { useKeep } from '../api/retention.ts';
import { useT } from '../i18n/language.ts';
import { retentionText } from '../i18n/retention.ts';
import { notifyDone, notifyError } from './error-notice.tsx';

export interface RetentionFormProps {
  /** Left out: the workspace's. */
  automation?: string;
  kept: Omit<AutomationRetention, 'hold'> & { hold?: boolean };
  /** What holds where a field is empty. */
  whenEmpty: { bodyDays: string; runDays: string };
  readOnly: boolean;
}

export function RetentionForm({ automation, kept, whenEmpty, readOnly }: RetentionFormProps) {
  const t = useT();
  const keep = useKeep(automation);
  const [days, setDays] = useState({ bodyDays: kept.bodyDays, runDays: kept.runDays });
  const [hold, setHold] = useState(kept.hold ?? false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate(automation === undefined ? days : { ...days, hold }, {
      onSuccess: () => notifyDone(t(retentionText.saved)),
      onError: notifyError,
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {(['bodyDays', 'runDays'] as const).map((name) => (
          <NumberInput
            key={name}
            label={t(retentionText[name])}
            description={`${whenEmpty[name]} ${t(retentionText.zero)}`}
            data-testid={`retention-${name}`}
            min={0}
            max={36_500}
            allowDecimal={false}
            disabled={readOnly}
            value={days[name] ?? ''}
            onChange={(value) =>
              setDays((before) => ({ ...before, [name]: typeof value === 'number' ? value : null }))
            }
          />
        ))}
        {automation !== undefined && (
          <Switch
            label={t(retentionText.hold)}
            description={t(retentionText.holdHelp)}
            checked={hold}
            disabled={readOnly}
            onChange={(event) => setHold(event.currentTarget.checked)}
          />
        )}
        {!readOnly && (
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={keep.isPending} data-testid="save-retention">
              {t(retentionText.save)}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
