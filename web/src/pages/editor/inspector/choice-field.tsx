/** Chooses one of the things of a workspace by its name, and keeps one that the list does not show. */
import { Select } from '@mantine/core';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';

export interface ChosenField {
  /** Id; '' for none. */
  value: string;
  onChange(id: string): void;
  /** What every control of a form gets: label for screen readers, whether it is wrong. */
  shared: { 'data-testid': string; 'aria-label': string; error: boolean };
}

export interface ChoiceFieldProps extends ChosenField {
  /** Undefined while they are asked for. */
  choices: readonly { value: string; label: string }[] | undefined;
  placeholder: string;
  onOpen(): void;
}

export function ChoiceField({ value, onChange, shared, choices, placeholder, onOpen }: ChoiceFieldProps) {
  const t = useT();
  // On a later page of the list, or not theirs to see: it stays until they choose another.
  const isUnlisted =
    value !== '' && choices !== undefined && !choices.some((choice) => choice.value === value);
  return (
    <Select
      {...shared}
      data={[...(choices ?? []), ...(isUnlisted ? [{ value, label: value }] : [])]}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      onDropdownOpen={onOpen}
      placeholder={placeholder}
      nothingFoundMessage={t(inspectorText.noAutomation)}
      searchable
      clearable
    />
  );
}
