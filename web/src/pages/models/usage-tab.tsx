import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Alert, Card, Group, SegmentedControl, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { IconChartBar, IconInfoCircle } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { ModelUsage } from '../../../../contracts/api/models.ts';
import { type UsageBy, useModelUsage } from '../../api/models.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { ListTable } from '../../components/list-frame.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { common } from '../../i18n/common.ts';
import { useLanguage, useT } from '../../i18n/language.ts';
import { modelsText } from '../../i18n/models.ts';
import { money, shortNumber, toDollars } from '../../lib/money.ts';
import { everyDay } from './every-day.ts';

const spans = [7, 30, 90] as const;

export function UsageTab() {
  const t = useT();
  const language = useLanguage();
  const [days, setDays] = useState<number>(30);
  // From midnight, so that the question stays the same for a day.
  const from = useMemo(() => everyDay(days, new Date())[0]!, [days]);
  const usage = useModelUsage('day', `${from}T00:00:00.000Z`);
  const items = usage.data?.items ?? [];
  const sum = (of: keyof Omit<ModelUsage['items'][number], 'key' | 'name'>) =>
    items.reduce((total, item) => total + item[of], 0);
  const chart = everyDay(days, new Date()).map((day) => {
    const item = items.find(({ key }) => key === day);
    return {
      day: day.slice(5),
      [t(modelsText.spent)]: toDollars(item?.cost ?? 0),
      [t(modelsText.input)]: item?.input ?? 0,
      [t(modelsText.output)]: item?.output ?? 0,
    };
  });
  return (
    <Stack>
      <Group justify="flex-end">
        <SegmentedControl
          data={spans.map((span) => ({ value: String(span), label: t(modelsText.days, { count: span }) }))}
          value={String(days)}
          onChange={(next) => setDays(Number(next))}
        />
      </Group>
      {usage.error && <ErrorNotice error={usage.error} onRetry={usage.refetch} />}
      {usage.data && items.length === 0 ? (
        <TeachingEmpty icon={<IconChartBar />} title={t(modelsText.noUsage)}>
          {t(modelsText.noUsageText)}
        </TeachingEmpty>
      ) : (
        <>
          <SimpleGrid cols={{ base: 2, sm: 4 }}>
            <Figure label={t(modelsText.spent)} value={money(sum('cost'), language)} />
            <Figure label={t(modelsText.calls)} value={shortNumber(sum('calls'), language)} />
            <Figure
              label={t(modelsText.tokens)}
              value={shortNumber(sum('input') + sum('output'), language)}
            />
            <Figure label={t(modelsText.failed)} value={shortNumber(sum('failed'), language)} />
          </SimpleGrid>
          {sum('unpriced') > 0 && (
            <Alert icon={<IconInfoCircle />} color="yellow">
              {t(modelsText.unpriced, { count: sum('unpriced') })}
            </Alert>
          )}
          {sum('estimated') > 0 && (
            <Text size="xs" c="dimmed">
              {t(modelsText.estimated, { count: sum('estimated') })}
            </Text>
          )}
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Chart title={t(modelsText.spentByDay)}>
              <BarChart
                h={220}
                data={chart}
                dataKey="day"
                series={[{ name: t(modelsText.spent), color: 'indigo.6' }]}
                valueFormatter={(value) => money(value * 1_000_000, language)}
                maxBarWidth={28}
              />
            </Chart>
            <Chart title={t(modelsText.tokensByDay)}>
              <BarChart
                h={220}
                data={chart}
                dataKey="day"
                type="stacked"
                series={[
                  { name: t(modelsText.input), color: 'teal.6' },
                  { name: t(modelsText.output), color: 'violet.6' },
                ]}
                valueFormatter={(value) => shortNumber(value, language)}
                maxBarWidth={28}
                withLegend
              />
            </Chart>
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Breakdown by="model" title={t(modelsText.byModel)} from={from} none="" />
            <Breakdown by="member" title={t(modelsText.byMember)} from={from} none={t(modelsText.nobody)} />
            <Breakdown
              by="automation"
              title={t(modelsText.byAutomation)}
              from={from}
              none={t(modelsText.noAutomation)}
            />
          </SimpleGrid>
        </>
      )}
    </Stack>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <Card withBorder padding="md">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fz="xl" fw={600}>
        {value}
      </Text>
    </Card>
  );
}

function Chart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder>
      <Title order={3} fz="sm" mb="md">
        {title}
      </Title>
      {children}
    </Card>
  );
}

interface BreakdownProps {
  by: UsageBy;
  title: string;
  from: string;
  /** In place of no name. */
  none: string;
}

function Breakdown({ by, title, from, none }: BreakdownProps) {
  const t = useT();
  const language = useLanguage();
  const usage = useModelUsage(by, `${from}T00:00:00.000Z`);
  return (
    <Card withBorder p={0}>
      <Title order={3} fz="sm" p="md" pb={0}>
        {title}
      </Title>
      <ListTable
        columns={[
          { label: t(common.name) },
          { label: t(modelsText.calls), width: 90, visibleFrom: 'sm' },
          { label: t(modelsText.tokens), width: 90 },
          { label: t(modelsText.spent), width: 100 },
        ]}
      >
        {(usage.data?.items ?? []).slice(0, 10).map(({ key, name, calls, input, output, cost }) => (
          <Table.Tr key={key} data-testid={`usage-${by}`}>
            <Table.Td>
              <Text size="sm" truncate>
                {name ?? (key || none)}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">{shortNumber(calls, language)}</Table.Td>
            <Table.Td>{shortNumber(input + output, language)}</Table.Td>
            <Table.Td>{money(cost, language)}</Table.Td>
          </Table.Tr>
        ))}
      </ListTable>
    </Card>
  );
}
