/** The workspace itself: its name, its owner, its end, and deleted ones that can still come back. */
import { Skeleton, Stack } from '@mantine/core';
import { useAccount, useCan } from '../../../api/session.ts';
import { useWorkspace } from '../../../api/workspaces.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Page } from '../../../components/page.tsx';
import { useT } from '../../../i18n/language.ts';
import { workspaceText } from '../../../i18n/settings.ts';
import { DeletedWorkspaces } from './deleted-workspaces.tsx';
import { EndsSection } from './ends-section.tsx';
import { FlowSection } from './flow-section.tsx';
import { NameSection } from './name-section.tsx';
import { PicturesSection } from './pictures-section.tsx';
import { RetentionSection } from './retention-section.tsx';

export function WorkspacePage() {
  const t = useT();
  const workspace = useWorkspace();
  const mayRename = useCan('workspace.edit');
  const user = useAccount().data?.user;
  return (
    <Page title={t(workspaceText.title)} description={t(workspaceText.description)}>
      <Stack gap="xl" maw={820}>
        {workspace.error && <ErrorNotice error={workspace.error} onRetry={workspace.refetch} />}
        {workspace.isPending && <Skeleton height={220} />}
        {workspace.data && (
          <>
            <NameSection key={workspace.data.id} workspace={workspace.data} mayRename={mayRename} />
            <FlowSection key={`flow-${workspace.data.id}`} />
            <RetentionSection key={`retention-${workspace.data.id}`} />
            <PicturesSection key={`pictures-${workspace.data.id}`} />
            {user && <EndsSection workspace={workspace.data} />}
          </>
        )}
        {user && <DeletedWorkspaces />}
      </Stack>
    </Page>
  );
}
