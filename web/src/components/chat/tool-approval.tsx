/** A tool call that waits for a person: the question, and the two answers for who may give them. */
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useApproval, useDecide } from '../../api/approvals.ts';
import { approvalsText } from '../../i18n/approvals.ts';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import { DecisionForm } from '../decision-form.tsx';
import { ErrorNotice } from '../error-notice.tsx';

export function ToolApproval({ approval: id, tool }: { approval: string; tool: string }) {
  const t = useT();
  const approval = useApproval(id);
  const decide = useDecide(id);
  const [comments, setComments] = useState(false);
  if (approval.error) return <ErrorNotice error={approval.error} onRetry={approval.refetch} />;
  if (!approval.data) return <Skeleton height={32} />;
  const { state, mine, decidable, fields, comment } = approval.data;
  // Decided just now: the call goes on by itself.
  if (state !== 'open' || mine)
    return (
      <Text size="sm" c="dimmed">
        {t(approvalsText.sent)}
      </Text>
    );
  if (!decidable)
    return (
      <Text size="sm" c="dimmed">
        {t(chatText.othersDecide)}
      </Text>
    );
  // A question with fields is answered by filling them in.
  if (fields.length > 0 || comment === 'always' || comments)
    return (
      <Stack gap="sm" data-testid="tool-approval">
        <Text size="sm" fw={600}>
          {fields.length > 0 ? approval.data.title : t(chatText.asks, { name: tool })}
        </Text>
        {fields.length > 0 && approval.data.text && (
          <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {approval.data.text}
          </Text>
        )}
        <DecisionForm approval={approval.data} />
      </Stack>
    );
  const sending = decide.isPending ? decide.variables.decision : undefined;
  return (
    <Stack gap="sm" data-testid="tool-approval">
      <Group justify="space-between" gap="sm">
        <Text size="sm" fw={600}>
          {t(chatText.asks, { name: tool })}
        </Text>
        <Group gap="xs">
          <Button size="xs" variant="subtle" color="gray" onClick={() => setComments(true)}>
            {t(chatText.comment)}
          </Button>
          <Button
            size="xs"
            color="red"
            variant="light"
            leftSection={<IconX size={14} />}
            loading={sending === 'rejected'}
            onClick={() => decide.mutate({ decision: 'rejected' })}
            data-testid="tool-reject"
          >
            {t(approvalsText.reject)}
          </Button>
          <Button
            size="xs"
            color="green"
            leftSection={<IconCheck size={14} />}
            loading={sending === 'approved'}
            onClick={() => decide.mutate({ decision: 'approved' })}
            data-testid="tool-approve"
          >
            {t(approvalsText.approve)}
          </Button>
        </Group>
      </Group>
      {decide.error && <ErrorNotice error={decide.error} />}
    </Stack>
  );
}
