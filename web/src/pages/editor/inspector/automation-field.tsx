/** Chooses an automation of the workspace: one that can be called is found at once, others say what they lack. */
import { useAutomations } from '../../../api/automations.ts';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import { ChoiceField, type ChosenField } from './choice-field.tsx';

export function AutomationField(field: ChosenField) {
  const t = useT();
  const automations = useAutomations();
  const choices = automations.data?.pages
    .flatMap(({ items }) => items)
    .map(({ id, name, triggers }) => ({
      value: id,
      label: triggers.includes('sub-automation-trigger') ? name : `${name} (${t(inspectorText.notCallable)})`,
    }));
  return (
    <ChoiceField
      {...field}
      choices={choices}
      placeholder={t(inspectorText.pickAutomation)}
      onOpen={() => void automations.refetch()}
    />
  );
}
