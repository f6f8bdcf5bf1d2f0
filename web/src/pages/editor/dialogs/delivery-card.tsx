/** One delivery; a click on its address opens what it carried. */
import {
  Anchor,
  Badge,
  Button,
  Collapse,
  Group,
  Paper,
  Stack,
  Text,
  Tooltip,
  UnstyledButton,
} from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconRepeat } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Delivery } from '../../../../../contracts/api/deliveries.ts';
import type { GatedState } from '../../../../../contracts/gates.ts';
import { useReplayDelivery } from '../../../api/deliveries.ts';
import { notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { JsonTree } from '../../../components/json-tree.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import { deliveriesText } from '../../../i18n/deliveries.ts';
import { useT } from '../../../i18n/language.ts';

export function DeliveryCard({ delivery, mayRun }: { delivery: Delivery; mayRun: boolean }) {
  const t = useT();
  const [isOpen, setIsOpen] = useState(false);
  const replay = useReplayDelivery(delivery.automation);
  const { method, path, status, problem, run, item, gate } = delivery;
  const refusal = problem === undefined ? undefined : deliveriesText.refusals[problem];
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <Paper p="sm" data-testid="delivery">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <UnstyledButton onClick={() => setIsOpen(!isOpen)} aria-expanded={isOpen} miw={0}>
          <Group gap={6} wrap="nowrap">
            <Chevron size={16} style={{ flexShrink: 0 }} />
            <Text size="sm" ff="monospace" truncate>
              {method} /hooks/{path}
            </Text>
          </Group>
        </UnstyledButton>
        <Tooltip label={t(deliveriesText.answered, { status })}>
          <Badge variant="light" color={status < 400 ? 'green' : 'red'} style={{ flexShrink: 0 }}>
            {status}
          </Badge>
        </Tooltip>
      </Group>
      <Group justify="space-between" mt={6} gap="xs">
        <Group gap="xs">
          <TimeAgo at={delivery.at} />
          {problem && (
            <Text size="sm" c="red">
              {t(deliveriesText.refused, { problem: refusal ? t(refusal) : problem })}
            </Text>
          )}
          {gate && (
            <Badge variant="outline" color={gateColor[gate]} size="sm" tt="none" data-testid="delivery-gate">
              {t(deliveriesText.gate[gate])}
            </Badge>
          )}
          {delivery.repeated && (
            <Badge variant="outline" color="gray" size="sm" tt="none">
              {t(deliveriesText.repeated)}
            </Badge>
          )}
          {delivery.replayOf && (
            <Badge variant="outline" color="gray" size="sm" tt="none">
              {t(deliveriesText.replayed)}
            </Badge>
          )}
        </Group>
        <Group gap="sm">
          {run && (
            <Anchor component={Link} to={`/runs/${run}`} size="sm">
              {t(deliveriesText.openRun)}
            </Anchor>
          )}
          {mayRun && item && (
            <Tooltip label={t(deliveriesText.replayHelp)} multiline maw={320}>
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconRepeat size={14} />}
                loading={replay.isPending}
                data-testid="replay-delivery"
                onClick={() =>
                  replay.mutate(delivery.id, {
                    onError: notifyError,
                    onSuccess: () => notifyDone(t(deliveriesText.started)),
                  })
                }
              >
                {t(deliveriesText.replay)}
              </Button>
            </Tooltip>
          )}
        </Group>
      </Group>
      <Collapse expanded={isOpen}>{isOpen && <Carried item={item} />}</Collapse>
    </Paper>
  );
}

const gateColor: Record<GatedState, string> = {
  held: 'blue',
  passed: 'gray',
  throttled: 'orange',
  full: 'orange',
  unpublished: 'orange',
};

const parts = ['body', 'query', 'headers'] as const;

function Carried({ item }: Pick<Delivery, 'item'>) {
  const t = useT();
  if (!item)
    return (
      <Text size="sm" c="dimmed" mt="sm">
        {t(deliveriesText.notKept)}
      </Text>
    );
  return (
    <Stack gap="sm" mt="sm">
      {parts.map((part) => {
        const value = item[part];
        if (value === undefined || isEmpty(value)) return null;
        return (
          <section key={part} aria-label={t(deliveriesText[part])}>
            <Text size="xs" fw={600} c="dimmed" mb={2}>
              {t(deliveriesText[part])}
            </Text>
            <JsonTree value={value} />
          </section>
        );
      })}
    </Stack>
  );
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
