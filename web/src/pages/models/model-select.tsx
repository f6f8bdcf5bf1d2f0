/** A model of a provider: from its list, or typed, for lists do not hold everything. */
import { Autocomplete, type AutocompleteProps, Loader } from '@mantine/core';
import { useOfferedModels } from '../../api/models.ts';
import { useT } from '../../i18n/language.ts';
import { modelsText } from '../../i18n/models.ts';

export interface ModelSelectProps extends Pick<AutocompleteProps, 'label' | 'aria-label'> {
  /** '': none is chosen yet. */
  provider: string;
  value: string;
  onChange(model: string): void;
}

export function ModelSelect({ provider, value, onChange, ...shared }: ModelSelectProps) {
  const t = useT();
  const offered = useOfferedModels(provider);
  return (
    <Autocomplete
      {...shared}
      data={[...new Set((offered.data?.items ?? []).map(({ id }) => id))]}
      value={value}
      onChange={onChange}
      placeholder={t(modelsText.chooseModel)}
      disabled={provider === ''}
      rightSection={offered.isFetching ? <Loader size={14} /> : undefined}
      description={offered.data?.failure?.message}
      limit={200}
      maxDropdownHeight={260}
      comboboxProps={{ withinPortal: true }}
      data-testid="model-select"
    />
  );
}
