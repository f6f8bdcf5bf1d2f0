/** Chooses an agent of the workspace; one that is not published says so. */
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AgentSummary } from '../../../../../contracts/api/agents.ts';
import type { Page } from '../../../api/automations.ts';
import { request } from '../../../api/client.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import type { AutomationFieldProps } from './automation-field.tsx';

export function AgentField({ value, onChange, shared }: AutomationFieldProps) {
  const t = useT();
  const agents = useQuery({
    queryKey: ['agents', 'choices'],
    queryFn: () => request<Page<AgentSummary>>('GET', '/agents?limit=200'),
  });
  const known = agents.data?.items ?? [];
  const data = known.map(({ id, name, publishedVersion }) => ({
    value: id,
    label: publishedVersion === undefined ? `${name} (${t(inspectorText.agentUnpublished)})` : name,
  }));
  // One that is not theirs to see: it stays until they choose another.
  if (value !== '' && agents.data && !known.some(({ id }) => id === value))
    data.push({ value, label: value });
  return (
    <Select
      {...shared}
      data={data}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      onDropdownOpen={() => void agents.refetch()}
      placeholder={t(inspectorText.pickAgent)}
      nothingFoundMessage={t(inspectorText.noAutomation)}
      searchable
      clearable
    />
  );
}
