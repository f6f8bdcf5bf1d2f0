/** How many runs of the workspace work at once, and what starts when one fails. */
import { Button, Group, Loader, Stack } from '@mantine/core';
import { useState } from 'react';
import type { FlowSettings } from '../../../../../contracts/api/flow.ts';
import { useSaveFlow, useWorkspaceFlow } from '../../../api/flow.ts';
import { useCan } from '../../../api/session.ts';
import { ErrorAutomationSelect } from '../../../components/error-automation-select.tsx';
import { ErrorNotice, notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { LimitFields } from '../../../components/limit-fields.tsx';
import { Section } from '../../../components/section.tsx';
import { flowText } from '../../../i18n/flow.ts';
import { useT } from '../../../i18n/language.ts';

export function FlowSection() {
  const t = useT();
  const flow = useWorkspaceFlow();
  return (
    <Section title={t(flowText.title)} help={t(flowText.workspaceHelp)}>
      {flow.error && <ErrorNotice error={flow.error} onRetry={flow.refetch} />}
      {flow.isPending && <Loader size="sm" />}
      {flow.data && <FlowForm saved={flow.data} />}
    </Section>
  );
}

function FlowForm({ saved }: { saved: FlowSettings }) {
  const t = useT();
  const mayEdit = useCan('workspace.edit');
  const save = useSaveFlow();
  const [flow, setFlow] = useState(saved);
  const change = (part: Partial<FlowSettings>) => setFlow((before) => ({ ...before, ...part }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(flow, { onSuccess: () => notifyDone(t(flowText.saved)), onError: notifyError });
      }}
    >
      <Stack>
        <LimitFields
          label={t(flowText.limit)}
          description={t(flowText.limitHelp)}
          value={flow.concurrency ?? undefined}
          policies={['queue', 'skip']}
          onChange={(concurrency) => change({ concurrency: concurrency ?? null })}
          readOnly={!mayEdit}
          testId="workspace-limit"
        />
        <ErrorAutomationSelect
          value={flow.errorAutomation ?? undefined}
          onChange={(id) => change({ errorAutomation: id ?? null })}
          others={[{ value: '', label: t(flowText.noError) }]}
          readOnly={!mayEdit}
        />
        {mayEdit && (
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={save.isPending} data-testid="save-flow">
              {t(flowText.save)}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
