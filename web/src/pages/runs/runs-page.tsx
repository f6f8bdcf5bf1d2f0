/** The list of runs. Its filters live in the address, so that a view can be linked. */
import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconFilterOff, IconListDetails, IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { runTrigger } from '../../../../contracts/run.ts';
import { runState } from '../../../../contracts/states.ts';
import { type RunFilters, useLiveRuns, useRuns } from '../../api/runs.ts';
import { useCan } from '../../api/session.ts';
import { AutomationSelect } from '../../components/automation-select.tsx';
import { ListFrame } from '../../components/list-frame.tsx';
import { Page } from '../../components/page.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { useT } from '../../i18n/language.ts';
import { runsText } from '../../i18n/runs.ts';
import { stateText } from '../../i18n/states.ts';
import { BulkMenu } from './bulk-menu.tsx';
import { RunRows } from './run-rows.tsx';

const hour = 3_600_000;
const ranges = { hour, day: 24 * hour, week: 7 * 24 * hour } as const;

export function RunsPage() {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const query = search.toString();
  // `from` is reckoned when the filters change, not on every render: it is part of the query's key.
  const filters = useMemo(() => readFilters(new URLSearchParams(query)), [query]);
  const list = useRuns(filters);
  useLiveRuns();
  const mayBulk = useCan('run.bulk');
  const runs = list.data ?? [];
  const choose = (name: string) => (value: string | null) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return (
    <Page
      title={t(runsText.title)}
      description={t(runsText.description)}
      actions={mayBulk && <BulkMenu filters={filters} />}
    >
      <ListFrame
        query={list}
        count={runs.length}
        empty={
          <TeachingEmpty icon={<IconListDetails />} title={t(query ? runsText.noMatch : runsText.emptyTitle)}>
            {t(query ? runsText.noMatchText : runsText.emptyText)}
          </TeachingEmpty>
        }
        filters={
          <Group gap="xs">
            <AutomationSelect
              aria-label={t(runsText.automation)}
              placeholder={t(runsText.anyAutomation)}
              value={search.get('automation') ?? ''}
              onChange={choose('automation')}
              clearable
              w={{ base: 'calc(50% - 5px)', sm: 240 }}
            />
            <Select
              aria-label={t(runsText.state)}
              placeholder={t(runsText.anyState)}
              data={runState.options.map((state) => ({ value: state, label: t(stateText[state]) }))}
              value={search.get('state')}
              onChange={choose('state')}
              clearable
              w={{ base: 'calc(50% - 5px)', sm: 170 }}
            />
            <Select
              aria-label={t(runsText.trigger)}
              placeholder={t(runsText.anyTrigger)}
              data={runTrigger.options.map((trigger) => ({ value: trigger, label: t(runsText[trigger]) }))}
              value={search.get('trigger')}
              onChange={choose('trigger')}
              clearable
              w={{ base: 'calc(50% - 5px)', sm: 170 }}
            />
            <Select
              aria-label={t(runsText.started)}
              placeholder={t(runsText.anyTime)}
              data={[
                { value: 'hour', label: t(runsText.lastHour) },
                { value: 'day', label: t(runsText.lastDay) },
                { value: 'week', label: t(runsText.lastWeek) },
              ]}
              value={search.get('range')}
              onChange={choose('range')}
              clearable
              w={{ base: 'calc(50% - 5px)', sm: 170 }}
            />
            <TextInput
              key={search.get('id')}
              aria-label={t(runsText.runId)}
              placeholder={t(runsText.runId)}
              leftSection={<IconSearch size={16} />}
              defaultValue={search.get('id') ?? ''}
              onBlur={(event) => choose('id')(event.currentTarget.value.trim() || null)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') choose('id')(event.currentTarget.value.trim() || null);
              }}
              w={{ base: 'calc(50% - 5px)', sm: 200 }}
            />
            {query !== '' && (
              <Button
                variant="subtle"
                color="gray"
                leftSection={<IconFilterOff size={16} />}
                onClick={() => setSearch({}, { replace: true })}
              >
                {t(runsText.clear)}
              </Button>
            )}
          </Group>
        }
      >
        <RunRows runs={runs} />
      </ListFrame>
    </Page>
  );
}

function readFilters(search: URLSearchParams): RunFilters {
  const range = search.get('range');
  return {
    automation: search.get('automation') ?? undefined,
    state: runState.safeParse(search.get('state')).data,
    trigger: runTrigger.safeParse(search.get('trigger')).data,
    id: search.get('id') ?? undefined,
    from:
      range && range in ranges
        ? new Date(Date.now() - ranges[range as keyof typeof ranges]).toISOString()
        : undefined,
  };
}
