/** What can be done with a credential, as far as it is shared with whoever looks. */
import { Anchor, Button, Group, List, Menu, Modal, Stack, Text } from '@mantine/core';
import { IconPencil, IconPlugConnected, IconShare, IconTestPipe, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { type GrantLevel, reaches } from '../../../../../contracts/access/roles.ts';
import type { Credential } from '../../../../../contracts/api/credentials.ts';
import { useDeleteCredential, useTestCredential } from '../../../api/credentials.ts';
import { ProblemError } from '../../../api/problem-error.ts';
import { useConfirm } from '../../../components/confirm.tsx';
import { notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { MoreMenu } from '../../../components/more-menu.tsx';
import { common } from '../../../i18n/common.ts';
import { credentialsText } from '../../../i18n/credentials.ts';
import { useT } from '../../../i18n/language.ts';
import { sharingText } from '../../../i18n/sharing.ts';
import { useConnect } from './use-connect.ts';

export interface CredentialMenuProps {
  credential: Credential;
  onEdit(): void;
  onShare(): void;
}

export function CredentialMenu({ credential, onEdit, onShare }: CredentialMenuProps) {
  const t = useT();
  const [ask, dialog] = useConfirm();
  const test = useTestCredential();
  const connect = useConnect();
  const remove = useDeleteCredential();
  const [inUse, setInUse] = useState<ProblemError['errors']>([]);
  const { id, name, level, connected } = credential;
  const may = (needed: GrantLevel) => reaches(level, needed);
  const deleteIt = (force: boolean) =>
    remove.mutate(
      { id, force },
      {
        onError: (error) => {
          // Named there: which automations need it.
          if (error instanceof ProblemError && error.code === 'credential-in-use')
            return setInUse(error.errors);
          notifyError(error);
        },
        onSuccess: () => {
          setInUse([]);
          notifyDone(t(credentialsText.deleted, { name }));
        },
      },
    );
  const runTest = () =>
    test.mutate(id, {
      onError: notifyError,
      onSuccess: ({ passed, message }) =>
        passed
          ? notifyDone(message)
          : notifyError(
              new ProblemError({
                status: 200,
                code: 'test-failed',
                title: t(credentialsText.testFailed),
                detail: message,
              }),
            ),
    });
  return (
    <>
      <MoreMenu
        label={t(credentialsText.actions, { name })}
        testId="credential-menu"
        width={210}
        isBusy={test.isPending || connect.isPending}
      >
        {may('edit') && (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
            {t(credentialsText.edit)}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconTestPipe size={16} />} onClick={runTest}>
          {t(credentialsText.test)}
        </Menu.Item>
        {connected !== undefined && may('edit') && (
          <Menu.Item leftSection={<IconPlugConnected size={16} />} onClick={() => connect.start(id)}>
            {t(connected ? credentialsText.connectAgain : credentialsText.connect)}
          </Menu.Item>
        )}
        {may('manage') && (
          <>
            <Menu.Item leftSection={<IconShare size={16} />} onClick={onShare} data-testid="share-credential">
              {t(sharingText.shareMore)}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} />}
              data-testid="delete-credential"
              onClick={() =>
                ask({
                  title: t(credentialsText.deleteTitle, { name }),
                  text: t(credentialsText.deleteText),
                  action: t(common.delete),
                  onYes: () => deleteIt(false),
                })
              }
            >
              {t(common.delete)}
            </Menu.Item>
          </>
        )}
      </MoreMenu>
      {dialog}
      <Modal opened={inUse.length > 0} onClose={() => setInUse([])} title={t(credentialsText.deleteInUse)}>
        <Stack>
          <Text size="sm">{t(credentialsText.inUseText)}</Text>
          <List size="sm">
            {inUse.map(({ code: automation, message }) => (
              <List.Item key={automation}>
                <Anchor component={Link} to={`/automations/${automation}`} size="sm">
                  {message}
                </Anchor>
              </List.Item>
            ))}
          </List>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setInUse([])} data-autofocus>
              {t(common.cancel)}
            </Button>
            <Button color="red" loading={remove.isPending} onClick={() => deleteIt(true)}>
              {t(credentialsText.deleteForce)}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
