/** Links by which anybody reads a conversation as it is now: making one, and taking them back. */
import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useMakeLink, useRevokeLink, useShareLinks } from '../../api/conversations.ts';
import { CopyOnce } from '../../components/copy-once.tsx';
import { ErrorNotice, notifyError } from '../../components/error-notice.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';

export interface ShareLinksDialogProps {
  conversation: string;
  opened: boolean;
  onClose(): void;
}

export function ShareLinksDialog({ conversation, opened, onClose }: ShareLinksDialogProps) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={onClose} title={t(chatText.shareTitle)} size="lg">
      <Links conversation={conversation} />
    </Modal>
  );
}

function Links({ conversation }: { conversation: string }) {
  const t = useT();
  const links = useShareLinks(conversation);
  const make = useMakeLink(conversation);
  const revoke = useRevokeLink(conversation);
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t(chatText.shareText)}
      </Text>
      {make.data?.url && <CopyOnce why={t(chatText.linkOnce)} value={make.data.url} testId="link-made" />}
      <Group>
        <Button
          leftSection={<IconLink size={16} />}
          loading={make.isPending}
          onClick={() => make.mutate(undefined, { onError: notifyError })}
          data-testid="make-link"
        >
          {t(chatText.makeLink)}
        </Button>
      </Group>
      {links.error && <ErrorNotice error={links.error} onRetry={links.refetch} />}
      {links.isPending && <Skeleton height={40} />}
      {links.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(chatText.noLinks)}
        </Text>
      )}
      {links.data?.map(({ id, createdAt }) => (
        <Group key={id} justify="space-between" data-testid="share-link">
          <Group gap={6}>
            <Text size="sm">{t(chatText.linkMade)}</Text>
            <TimeAgo at={createdAt} />
          </Group>
          <Button
            size="xs"
            variant="light"
            color="red"
            loading={revoke.isPending && revoke.variables === id}
            onClick={() => revoke.mutate(id, { onError: notifyError })}
          >
            {t(chatText.revoke)}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}
