/** The audit log. Its filters live in the address, so that a finding can be linked. */
import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { IconDownload, IconFileSearch, IconFilterOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { auditOutcome } from '../../../../../contracts/api/audit.ts';
import { auditCsvUrl, useAudit } from '../../../api/audit.ts';
import { useKeys } from '../../../api/keys.ts';
import { useMembers } from '../../../api/members.ts';
import { ListFrame } from '../../../components/list-frame.tsx';
import { Page } from '../../../components/page.tsx';
import { TeachingEmpty } from '../../../components/teaching-empty.tsx';
import { auditActionTexts, auditText } from '../../../i18n/audit.ts';
import { keysText } from '../../../i18n/keys.ts';
import { useT } from '../../../i18n/language.ts';
import { membersText } from '../../../i18n/members.ts';
import { readAuditFilters } from './audit-filters.ts';
import { AuditRows } from './audit-rows.tsx';
import { actionName } from './audit-words.ts';

/** Only what can be written of: of the policy's actions, those that look leave a row when refused, and are found by the outcome. */
const knownActions = Object.keys(auditActionTexts).filter((action) => !/\.(view|list)$/.test(action));

export function AuditPage() {
  const t = useT();
  const [search, setSearch] = useSearchParams();
  const [cleared, setCleared] = useState(0);
  const query = search.toString();
  const clear = () => {
    setSearch({}, { replace: true });
    setCleared((times) => times + 1);
  };
  const filters = useMemo(() => readAuditFilters(new URLSearchParams(query)), [query]);
  const list = useAudit(filters);
  const rows = list.data ?? [];
  return (
    <Page
      title={t(auditText.title)}
      description={t(auditText.description)}
      actions={
        <Button
          component="a"
          href={auditCsvUrl(filters)}
          download="audit.csv"
          variant="default"
          leftSection={<IconDownload size={16} />}
          data-testid="export-audit"
        >
          {t(auditText.export)}
        </Button>
      }
    >
      <ListFrame
        query={list}
        count={rows.length}
        filters={
          <Filters
            // Cleared, its fields begin anew.
            key={cleared}
            search={search}
            onChoose={(name, value) =>
              setSearch(
                (before) => {
                  const next = new URLSearchParams(before);
                  if (value) next.set(name, value);
                  else next.delete(name);
                  return next;
                },
                { replace: true },
              )
            }
            onClear={query === '' ? undefined : clear}
          />
        }
        empty={
          <TeachingEmpty
            icon={<IconFileSearch />}
            title={t(query ? auditText.noMatch : auditText.emptyTitle)}
          >
            {t(query ? auditText.noMatchText : auditText.emptyText)}
          </TeachingEmpty>
        }
      >
        <AuditRows events={rows} />
      </ListFrame>
    </Page>
  );
}

interface FiltersProps {
  search: URLSearchParams;
  onChoose(name: string, value: string | null): void;
  onClear: (() => void) | undefined;
}

const half = 'calc(50% - 5px)';

function Filters({ search, onChoose, onClear }: FiltersProps) {
  const t = useT();
  const members = useMembers();
  const keys = useKeys('workspace');
  const action = search.get('action');
  const actions = [...new Set([...knownActions, ...(action ? [action] : [])])]
    .map((value) => ({ value, label: actionName(value, t) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const people = (members.data ?? []).map(({ user, name, email }) => ({ value: user, label: name || email }));
  const programs = (keys.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const actor = search.get('actor');
  const known = !actor || [...people, ...programs].some(({ value }) => value === actor);
  return (
    <Group gap="xs">
      <Select
        aria-label={t(auditText.who)}
        placeholder={t(auditText.anybody)}
        data={[
          { group: t(membersText.title), items: people },
          { group: t(keysText.title), items: programs },
          ...(known ? [] : [{ value: actor, label: t(auditText.gone, { id: actor }) }]),
        ]}
        value={actor}
        onChange={(value) => onChoose('actor', value)}
        searchable
        clearable
        w={{ base: half, sm: 190 }}
      />
      <Select
        aria-label={t(auditText.what)}
        placeholder={t(auditText.anyAction)}
        data={actions}
        value={action}
        onChange={(value) => onChoose('action', value)}
        searchable
        clearable
        comboboxProps={{ width: 300, position: 'bottom-start' }}
        w={{ base: half, sm: 190 }}
        data-testid="audit-action"
      />
      <Select
        aria-label={t(auditText.outcome)}
        placeholder={t(auditText.anyOutcome)}
        data={auditOutcome.options.map((outcome) => ({ value: outcome, label: t(auditText[outcome]) }))}
        value={search.get('outcome')}
        onChange={(value) => onChoose('outcome', value)}
        clearable
        w={{ base: '100%', sm: 160 }}
      />
      <Group gap="xs" wrap="nowrap" w={{ base: '100%', sm: 'auto' }}>
        {(['from', 'to'] as const).map((name) => (
          <TextInput
            key={name}
            type="date"
            aria-label={t(name === 'from' ? auditText.fromDay : auditText.toDay)}
            leftSection={<Text size="xs">{t(name === 'from' ? auditText.fromDay : auditText.toDay)}</Text>}
            leftSectionWidth={48}
            defaultValue={search.get(name) ?? ''}
            onChange={(event) => onChoose(name, event.currentTarget.value)}
            miw={0}
            w={{ sm: 178 }}
            style={{ flex: '1 1 0' }}
          />
        ))}
      </Group>
      {onClear && (
        <Button variant="subtle" color="gray" leftSection={<IconFilterOff size={16} />} onClick={onClear}>
          {t(auditText.clear)}
        </Button>
      )}
    </Group>
  );
}
