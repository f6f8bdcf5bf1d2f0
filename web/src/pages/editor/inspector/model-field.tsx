/** Chooses what answers: the default chain, a chain, or one model of a provider. */
import { Select } from '@mantine/core';
import { modelChoiceText, parseModelChoice } from '../../../../../contracts/models/chain.ts';
import { sandboxId, sandboxModel } from '../../../../../contracts/models/provider.ts';
import { useModelChains, useModelProviders, useOfferedModels } from '../../../api/models.ts';
import { useT } from '../../../i18n/language.ts';
import { modelsText } from '../../../i18n/models.ts';

export interface ModelFieldProps {
  value: string;
  onChange(choice: string): void;
  /** What every control of a form gets: label for screen readers, whether it is wrong. */
  shared: { 'data-testid': string; 'aria-label': string; error: boolean };
}

export function ModelField({ value, onChange, shared }: ModelFieldProps) {
  const t = useT();
  const chains = useModelChains();
  const providers = useModelProviders();
  const choice = parseModelChoice(value);
  const real = (providers.data ?? []).filter(({ builtIn, enabled }) => !builtIn && enabled);
  // Lists are asked at the providers: of the one that is chosen, or the first.
  const shownProvider = choice?.kind === 'model' ? choice.entry.provider : real[0]?.id;
  const offered = useOfferedModels(shownProvider);
  const hasDefault = chains.data?.some(({ isDefault }) => isDefault) ?? true;

  const ofProvider = (provider: string, model: string, label = model) => ({
    value: modelChoiceText({ kind: 'model', entry: { provider, model } }),
    label,
  });
  const models = real.map(({ id, name, settings }) => ({
    group: name,
    items: unique([...settings.models, ...(id === shownProvider ? offeredIds() : [])]).map((model) =>
      ofProvider(id, model),
    ),
  }));
  const groups = [
    {
      group: t(modelsText.chains),
      items: [
        { value: '', label: t(hasDefault ? modelsText.defaultChoice : modelsText.defaultSandbox) },
        ...(chains.data ?? []).map(({ id, name }) => ({ value: `chain:${id}`, label: name })),
      ],
    },
    ...models.filter(({ items }) => items.length > 0),
    {
      group: t(modelsText.sandboxChoice),
      items: [
        ofProvider(sandboxId, sandboxModel, t(modelsText.sandboxChoice)),
        ...(shownProvider === sandboxId || real.length === 0
          ? [ofProvider(sandboxId, 'sandbox-embedding')]
          : []),
      ],
    },
  ];
  const isKnown = groups.some(({ items }) => items.some((item) => item.value === value));
  function offeredIds(): string[] {
    return (offered.data?.items ?? []).map(({ id }) => id);
  }
  return (
    <Select
      {...shared}
      data={
        isKnown
          ? groups
          : [...groups, { group: t(modelsText.model), items: [{ value, label: labelOf(value) }] }]
      }
      value={value}
      onChange={(next) => onChange(next ?? '')}
      allowDeselect={false}
      searchable
      nothingFoundMessage={t(modelsText.noModels)}
      maxDropdownHeight={320}
    />
  );
}

/** One that is not in the lists, or not yet: its name is in the choice. */
function labelOf(value: string): string {
  const choice = parseModelChoice(value);
  return choice?.kind === 'model' ? choice.entry.model : value;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
