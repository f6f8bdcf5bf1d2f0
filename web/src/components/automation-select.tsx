/** Chooses an automation of the workspace. The server searches: there may be more of them than a list holds. */
import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { AutomationSummary } from '../../../contracts/api/automations.ts';
import { useAutomationName, useAutomations } from '../api/automations.ts';
import { inspectorText } from '../i18n/inspector.ts';
import { useT } from '../i18n/language.ts';

interface Choice {
  value: string;
  label: string;
}

export interface AutomationSelectProps
  extends Omit<SelectProps, 'data' | 'value' | 'onChange' | 'searchValue' | 'onSearchChange'> {
  /** Id, or the value of one of `others`; '': none. */
  value: string;
  onChange(id: string): void;
  /** What may be chosen beside an automation. */
  others?: readonly Choice[];
  /** An automation that is not to be offered. */
  except?: string;
  /** Its name, when left out. */
  labelOf?(automation: AutomationSummary): string;
}

const nameOf = ({ name }: AutomationSummary) => name;

export function AutomationSelect({
  value,
  onChange,
  others = [],
  except,
  labelOf = nameOf,
  ...select
}: AutomationSelectProps) {
  const t = useT();
  const [isOpen, setIsOpen] = useState(false);
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(isOpen ? search.trim() : '', 200);
  const [chosen, setChosen] = useState<Choice>();
  const list = useAutomations(settled);
  const found = (list.data ?? [])
    .filter(({ id }) => id !== except)
    .map((automation) => ({ value: automation.id, label: labelOf(automation) }));
  const data = [...others, ...found];
  const isUnlisted = value !== '' && !list.isPending && !data.some((choice) => choice.value === value);
  const isKnown = chosen?.value === value;
  // Not theirs to see, or deleted: it stays, by its id, until they choose another.
  const name = useAutomationName(value, isUnlisted && !isKnown);
  if (isUnlisted) data.push(isKnown ? chosen : { value, label: name ?? value });
  return (
    <Select
      nothingFoundMessage={t(inspectorText.noAutomation)}
      {...select}
      data={data}
      value={value === '' && !others.some((choice) => choice.value === '') ? null : value}
      onChange={(id, option) => {
        setChosen(option ?? undefined);
        onChange(id ?? '');
      }}
      searchable
      onDropdownOpen={() => {
        setSearch('');
        setIsOpen(true);
        void list.refetch();
      }}
      onDropdownClose={() => setIsOpen(false)}
      onSearchChange={setSearch}
    />
  );
}
