/** Chooses what starts when a run fails: those without a trigger for errors say so. */
import { flowText } from '../i18n/flow.ts';
import { useT } from '../i18n/language.ts';
import { AutomationSelect } from './automation-select.tsx';

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
  return (
    <AutomationSelect
      label={t(flowText.errorAutomation)}
      description={t(flowText.errorHelp)}
      data-testid="error-automation"
      value={value}
      onChange={(id) => onChange(id || undefined)}
      others={others}
      {...(except !== undefined && { except })}
      labelOf={({ name, triggers }) =>
        triggers.includes('error-trigger') ? name : t(flowText.noErrorTrigger, { name })
      }
      allowDeselect={false}
      disabled={readOnly}
    />
  );
}
