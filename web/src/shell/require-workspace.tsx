/** The pages of a workspace, for who is in one; others make one, enter one of theirs, or ask for an invitation. */
import { Box, Button, Card, Group, Stack, Text } from '@mantine/core';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { useState } from 'react';
import { Outlet } from 'react-router';
import { roleTexts } from '../../../contracts/access/roles.ts';
import { useEnterWorkspace } from '../api/joining.ts';
import { useAccount } from '../api/session.ts';
import { notifyError } from '../components/error-notice.tsx';
import { Page } from '../components/page.tsx';
import { TeachingEmpty } from '../components/teaching-empty.tsx';
import { useT } from '../i18n/language.ts';
import { workspacesText } from '../i18n/workspaces.ts';
import { DeletedWorkspaces } from '../pages/settings/workspace/deleted-workspaces.tsx';
import { CreateWorkspaceDialog } from './create-workspace-dialog.tsx';

export function RequireWorkspace() {
  const { data: account } = useAccount();
  return account?.workspace ? <Outlet /> : <NoWorkspace />;
}

function NoWorkspace() {
  const t = useT();
  const { data: account } = useAccount();
  const enter = useEnterWorkspace();
  const [creates, setCreates] = useState(false);
  const create = (
    <Button onClick={() => setCreates(true)} data-testid="create-workspace">
      {t(workspacesText.create)}
    </Button>
  );
  return (
    <Page title={t(workspacesText.noneTitle)}>
      {account && account.workspaces.length > 0 ? (
        <Stack maw={560}>
          <Text c="dimmed">{t(workspacesText.chooseText)}</Text>
          {account.workspaces.map(({ id, name, role }) => (
            <Card key={id} withBorder p="md">
              <Group justify="space-between">
                <div>
                  <Text fw={600}>{name}</Text>
                  <Text size="sm" c="dimmed">
                    {t(roleTexts[role].name)}
                  </Text>
                </div>
                <Button
                  variant="default"
                  loading={enter.isPending && enter.variables?.workspace === id}
                  onClick={() => enter.mutate({ workspace: id }, { onError: notifyError })}
                >
                  {t(workspacesText.enter)}
                </Button>
              </Group>
            </Card>
          ))}
          <Group>{create}</Group>
        </Stack>
      ) : (
        <TeachingEmpty
          icon={<IconBuildingCommunity />}
          title={t(workspacesText.noneHeading)}
          actions={create}
        >
          {t(workspacesText.noneText, { email: account?.user?.email ?? '' })}
        </TeachingEmpty>
      )}
      <Box mt="xl" maw={820}>
        <DeletedWorkspaces />
      </Box>
      <CreateWorkspaceDialog opened={creates} onClose={() => setCreates(false)} />
    </Page>
  );
}
