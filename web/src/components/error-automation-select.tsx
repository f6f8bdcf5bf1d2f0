/** Chooses what starts when a run fails: those without a trigger for errors say so. */
import { Select } from '@mantine/core';
import { useAutomations } from '../api/automations.ts';
import { flowText } from '../i18n/flow.ts';
import { useT } from '../i18n/language.ts';

export interface ErrorAutomationSelectProps {
  /** Id; undefined: the first of `others`. */
  value: string | undefined;
  onChange(id: string | undefined): void;
  /** What may be chosen beside an automation; the value '' stands for undefined. */
  others: readonly { value: string; label: string }[];
  /** An automation that is not to be offered: itself. */
  except?: string;
  readOnly?: boolean;
}

export function ErrorAutomationSelect(props: ErrorAutomationSelectProps) {
  const { value = '', onChange, others, except, readOnly = false } = props;
  const t = useT();
  const automations = useAutomations();
  const known = (automations.data?.pages ?? []).flatMap(({ items }) => items);
  const data = [
    ...others,
    ...known
      .filter(({ id }) => id !== except)
      .map(({ id, name, triggers }) => ({
        value: id,
        label: triggers.includes('error-trigger') ? name : t(flowText.noErrorTrigger, { name }),
      })),
  ];
  // One that is on a later page of the list, or not theirs to see: it stays until they choose another.
  if (!data.some((one) => one.value === value)) data.push({ value, label: value });
  return (
    <Select
      label={t(flowText.errorAutomation)}
      description={t(flowText.errorHelp)}
      data-testid="error-automation"
      data={data}
      value={value}
      onChange={(id) => onChange(id || undefined)}
      nothingFoundMessage={t(flowText.notFound)}
      allowDeselect={false}
      searchable
      disabled={readOnly}
    />
  );
}
