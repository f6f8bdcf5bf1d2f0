/** What a server says of its tools, and the decision about each: models are told of what is approved here, in these words. */
import { Alert, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { McpServer } from '../../../../../contracts/api/mcp-servers.ts';
import { useReviewMcpTools } from '../../../api/mcp-servers.ts';
import { notifyError } from '../../../components/error-notice.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import { useT } from '../../../i18n/language.ts';
import { mcpText } from '../../../i18n/mcp.ts';
import { ToolReview } from './tool-review.tsx';

interface ToolsDrawerProps {
  opened: boolean;
  server: McpServer | undefined;
  mayManage: boolean;
  onClose(): void;
}

/** What waits for a person comes first. */
const order = ['changed', 'new', 'approved', 'gone'] as const;

export function ToolsDrawer({ opened, server, mayManage, onClose }: ToolsDrawerProps) {
  const t = useT();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t(mcpText.toolsOf, { name: server?.name ?? '' })}
      position="right"
      size="xl"
    >
      {server && <Tools server={server} mayManage={mayManage} />}
    </Drawer>
  );
}

function Tools({ server, mayManage }: Pick<ToolsDrawerProps, 'mayManage'> & { server: McpServer }) {
  const t = useT();
  const review = useReviewMcpTools();
  const { id, tools, failure, listedAt } = server;
  const sorted = order.flatMap((state) => tools.filter((tool) => tool.state === state));
  const harmless = tools.flatMap(({ name, digest, state, suspicions }) =>
    state === 'new' && suspicions.length === 0 && digest !== undefined ? [{ name, digest }] : [],
  );
  return (
    <Stack data-testid="mcp-review">
      {failure && (
        <Alert color="red" icon={<IconX size={18} />} title={failure.message}>
          {failure.hint}
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {t(mcpText.reviewHelp)}
      </Text>
      <Group justify="space-between">
        {listedAt !== undefined && (
          <Group gap={6}>
            <Text size="sm" c="dimmed">
              {t(mcpText.listedAt)}
            </Text>
            <TimeAgo at={listedAt} />
          </Group>
        )}
        {mayManage && harmless.length > 1 && (
          <Button
            variant="default"
            size="xs"
            loading={review.isPending}
            onClick={() => review.mutate({ id, approve: harmless }, { onError: notifyError })}
            data-testid="mcp-approve-all"
          >
            {t(mcpText.approveAll, { count: harmless.length })}
          </Button>
        )}
      </Group>
      {tools.length === 0 && !failure && <Text size="sm">{t(mcpText.noTools)}</Text>}
      {sorted.map((tool) => (
        <ToolReview key={tool.name} server={id} tool={tool} mayManage={mayManage} />
      ))}
    </Stack>
  );
}
