/** Chooses an automation to call: those that can't be called say what they lack. */
import { AutomationSelect } from '../../../components/automation-select.tsx';
import { inspectorText } from '../../../i18n/inspector.ts';
import { useT } from '../../../i18n/language.ts';
import type { ChosenField } from './choice-field.tsx';

export function AutomationField({ value, onChange, shared }: ChosenField) {
  const t = useT();
  return (
    <AutomationSelect
      {...shared}
      value={value}
      onChange={onChange}
      labelOf={({ name, triggers }) =>
        triggers.includes('sub-automation-trigger') ? name : `${name} (${t(inspectorText.notCallable)})`
      }
      placeholder={t(inspectorText.pickAutomation)}
      clearable
    />
  );
}
