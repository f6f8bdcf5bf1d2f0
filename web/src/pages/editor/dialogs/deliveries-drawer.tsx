/** What came in at the webhooks of the automation: what was answered, what it carried, and starting a run with it again. */
import { Button, Drawer, Skeleton, Stack, Text } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { useDeliveries } from '../../../api/deliveries.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { TeachingEmpty } from '../../../components/teaching-empty.tsx';
import { common } from '../../../i18n/common.ts';
import { deliveriesText } from '../../../i18n/deliveries.ts';
import { useT } from '../../../i18n/language.ts';
import { DeliveryCard } from './delivery-card.tsx';

export interface DeliveriesDrawerProps {
  automation: string;
  /** May start runs of it. */
  mayRun: boolean;
  opened: boolean;
  onClose(): void;
}

export function DeliveriesDrawer({ automation, mayRun, opened, onClose }: DeliveriesDrawerProps) {
  const t = useT();
  return (
    <Drawer opened={opened} onClose={onClose} position="right" title={t(deliveriesText.title)} size="lg">
      {opened && <Deliveries automation={automation} mayRun={mayRun} />}
    </Drawer>
  );
}

function Deliveries({ automation, mayRun }: Pick<DeliveriesDrawerProps, 'automation' | 'mayRun'>) {
  const t = useT();
  const list = useDeliveries(automation);
  const deliveries = list.data ?? [];
  if (list.error) return <ErrorNotice error={list.error} onRetry={list.refetch} />;
  if (list.isPending) return <Skeleton height={240} />;
  if (deliveries.length === 0)
    return (
      <TeachingEmpty icon={<IconWebhook />} title={t(deliveriesText.emptyTitle)}>
        {t(deliveriesText.emptyText)}
      </TeachingEmpty>
    );
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t(deliveriesText.help)}
      </Text>
      {deliveries.map((delivery) => (
        <DeliveryCard key={delivery.id} delivery={delivery} mayRun={mayRun} />
      ))}
      {list.hasNextPage && (
        <Button
          variant="default"
          mx="auto"
          onClick={() => list.fetchNextPage()}
          loading={list.isFetchingNextPage}
        >
          {t(common.loadMore)}
        </Button>
      )}
    </Stack>
  );
}
