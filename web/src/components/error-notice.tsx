/** A failure as people read it: what happened and what to do next; inline, or as a notification. */
import { Alert, Button, List, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ProblemError } from '../api/problem-error.ts';
import { common } from '../i18n/common.ts';
import { useT } from '../i18n/language.ts';

export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useT();
  const problem = error instanceof ProblemError ? error : undefined;
  const errors = problem?.errors ?? [];
  // Asking once more gives the same answer.
  const isFinal = problem?.status === 403;
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle />}
      title={problem?.message ?? (error instanceof Error ? error.message : String(error))}
    >
      {problem && <Text size="sm">{problem.detail}</Text>}
      {errors.length > 0 && (
        <List size="sm" mt="xs">
          {errors.slice(0, 10).map((one) => (
            <List.Item key={`${one.field}${one.message}`}>
              {[[one.nodeName, one.field].filter(Boolean).join(' · '), one.message]
                .filter(Boolean)
                .join(': ')}
            </List.Item>
          ))}
        </List>
      )}
      {onRetry && !isFinal && (
        <Button size="xs" variant="light" color="red" mt="sm" onClick={onRetry}>
          {t(common.retry)}
        </Button>
      )}
    </Alert>
  );
}

export function notifyError(error: unknown): void {
  const problem = error instanceof ProblemError ? error : undefined;
  const first = problem?.errors[0];
  notifications.show({
    color: 'red',
    icon: <IconAlertTriangle size={18} />,
    title: problem?.message ?? (error instanceof Error ? error.message : String(error)),
    message: [
      problem?.detail,
      first && [first.nodeName, first.field, first.message].filter(Boolean).join(' · '),
    ]
      .filter(Boolean)
      .join(' '),
    autoClose: 8_000,
  });
}

export function notifyDone(message: string): void {
  notifications.show({ color: 'green', message, autoClose: 3_000 });
}
