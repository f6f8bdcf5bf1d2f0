import { Loader } from '@mantine/core';
import { useWorkspaceRetention } from '../../../api/retention.ts';
import { useCan } from '../../../api/session.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { RetentionForm } from '../../../components/retention-form.tsx';
import { Section } from '../../../components/section.tsx';
import { useT } from '../../../i18n/language.ts';
import { retentionText } from '../../../i18n/retention.ts';

export function RetentionSection() {
  const t = useT();
  const mayEdit = useCan('workspace.edit');
  const kept = useWorkspaceRetention();
  const saysInstance = (days: number) => t(retentionText.empty, { days });
  return (
    <Section title={t(retentionText.title)} help={t(retentionText.help)}>
      {kept.error && <ErrorNotice error={kept.error} onRetry={kept.refetch} />}
      {kept.isPending && <Loader size="sm" />}
      {kept.data && (
        <RetentionForm
          kept={kept.data}
          whenEmpty={{
            bodyDays: saysInstance(kept.data.defaults.bodyDays),
            runDays: saysInstance(kept.data.defaults.runDays),
          }}
          readOnly={!mayEdit}
        />
      )}
    </Section>
  );
}
