/** Chooses an automation of the workspace: one that can be called is found at once, others say what they lack. */
import { Select } from '@mantine/core';
import { useAutomations } from '../../../api/automations.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';

export interface AutomationFieldProps {
  /** Id; '' for none. */
  value: string;
  onChange(id: string): void;
  /** What every control of a form gets: label for screen readers, whether it is wrong. */
  shared: { 'data-testid': string; 'aria-label': string; error: boolean };
}

export function AutomationField({ value, onChange, shared }: AutomationFieldProps) {
  const t = useT();
  const automations = useAutomations();
  const known = (automations.data?.pages ?? []).flatMap(({ items }) => items);
  const data = known.map(({ id, name, triggers }) => ({
    value: id,
    label: triggers.includes('sub-automation-trigger') ? name : `${name} (${t(inspectorText.notCallable)})`,
  }));
  // One that is on a later page of the list, or not theirs to see: it stays until they choose another.
  if (value !== '' && automations.data && !known.some(({ id }) => id === value))
    data.push({ value, label: value });
  return (
    <Select
      {...shared}
      data={data}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      onDropdownOpen={() => void automations.refetch()}
      placeholder={t(inspectorText.pickAutomation)}
      nothingFoundMessage={t(inspectorText.noAutomation)}
      searchable
      clearable
    />
  );
}
