import {
  Alert,
  Badge,
  Button,
  Card,
  Code,
  Collapse,
  Group,
  Stack,
  Text,
  UnstyledButton,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronRight,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleOff,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReviewedMcpTool } from '../../../../../contracts/api/mcp-servers.ts';
import type { McpTool } from '../../../../../contracts/mcp/mcp-tool.ts';
import type { ReviewState } from '../../../../../contracts/mcp/tool-review.ts';
import { useReviewMcpTools } from '../../../api/mcp-servers.ts';
import { notifyError } from '../../../components/error-notice.tsx';
import { LineDiffView } from '../../../components/versions/line-diff-view.tsx';
import { useT } from '../../../i18n/language.ts';
import { mcpText, reviewStateText, suspicionText } from '../../../i18n/mcp.ts';

interface ToolReviewProps {
  /** Id. */
  server: string;
  tool: ReviewedMcpTool;
  mayManage: boolean;
}

const looks: Record<ReviewState, { color: string; icon: TablerIcon }> = {
  new: { color: 'gray', icon: IconCircleDashed },
  approved: { color: 'teal', icon: IconCircleCheck },
  changed: { color: 'orange', icon: IconAlertTriangle },
  gone: { color: 'gray', icon: IconCircleOff },
};

export function ToolReview({ server, tool, mayManage }: ToolReviewProps) {
  const t = useT();
  const { name, state, listed, approved, suspicions } = tool;
  const { color, icon: Icon } = looks[state];
  const shown = listed ?? approved;
  return (
    <Card withBorder padding="md" data-testid={`mcp-tool-${name}`} data-state={state}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Text fw={600} ff="monospace" style={{ wordBreak: 'break-word' }}>
              {name}
            </Text>
            {shown?.title && (
              <Text size="sm" c="dimmed">
                {shown.title}
              </Text>
            )}
          </div>
          <Badge
            variant="light"
            color={color}
            tt="none"
            leftSection={<Icon size={12} />}
            style={{ flex: 'none' }}
          >
            {t(reviewStateText[state])}
          </Badge>
        </Group>
        {suspicions.length > 0 && (
          <Alert color="orange" icon={<IconAlertTriangle size={18} />}>
            {suspicions.map((kind) => (
              <Text size="sm" key={kind}>
                {t(suspicionText[kind])}
              </Text>
            ))}
          </Alert>
        )}
        {state === 'gone' && <Text size="sm">{t(mcpText.goneSince)}</Text>}
        {state === 'changed' && listed && approved ? (
          <>
            <Text size="sm">{t(mcpText.changedSince)}</Text>
            <LineDiffView before={wordsOf(approved)} after={wordsOf(listed)} />
          </>
        ) : (
          shown && <Words tool={shown} />
        )}
        {mayManage && <Decision server={server} tool={tool} />}
      </Stack>
    </Card>
  );
}

function Words({ tool }: { tool: McpTool }) {
  const t = useT();
  const [opened, { toggle }] = useDisclosure(false);
  const { description, parameters, hints } = tool;
  return (
    <>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap', wordBreak: 'break-word' }}>
        {description || t(mcpText.noDescription)}
      </Text>
      {(hints.readOnly || hints.destructive) && (
        <Text size="xs" c="dimmed">
          {t(hints.readOnly ? mcpText.readOnly : mcpText.destructive)}
        </Text>
      )}
      <div>
        <UnstyledButton onClick={toggle} aria-expanded={opened}>
          <Group gap={4} c="dimmed">
            {opened ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
            <Text size="xs">{t(mcpText.parameters)}</Text>
          </Group>
        </UnstyledButton>
        <Collapse expanded={opened}>
          <Code block mt={4}>
            {JSON.stringify(parameters, null, 2)}
          </Code>
        </Collapse>
      </div>
    </>
  );
}

function Decision({ server, tool }: Omit<ToolReviewProps, 'mayManage'>) {
  const t = useT();
  const review = useReviewMcpTools();
  const { name, state, digest } = tool;
  const decide = (change: { approve?: { name: string; digest: string }[]; revoke?: string[] }) =>
    review.mutate({ id: server, ...change }, { onError: notifyError });
  return (
    <Group gap="xs" justify="flex-end">
      {state !== 'new' && (
        <Button
          size="xs"
          variant="default"
          loading={review.isPending}
          onClick={() => decide({ revoke: [name] })}
          data-testid="mcp-revoke"
        >
          {t(state === 'gone' ? mcpText.forget : mcpText.revoke)}
        </Button>
      )}
      {(state === 'new' || state === 'changed') && digest !== undefined && (
        <Button
          size="xs"
          loading={review.isPending}
          onClick={() => decide({ approve: [{ name, digest }] })}
          data-testid="mcp-approve"
        >
          {t(state === 'new' ? mcpText.approve : mcpText.approveAgain)}
        </Button>
      )}
    </Group>
  );
}

/** All that a model is told of it, and what the server says besides: each line can be compared. */
function wordsOf({ title, description, parameters, hints }: McpTool): string {
  const said = Object.entries(hints).map(([hint, is]) => `${hint}: ${is}`);
  return [title, description, JSON.stringify(parameters, null, 2), ...said]
    .filter((part) => part !== '')
    .join('\n');
}
