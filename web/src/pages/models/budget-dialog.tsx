import { Modal, NumberInput, SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import {
  type BudgetPeriod,
  type BudgetScope,
  type BudgetUnit,
  budgetPeriod,
  budgetScope,
} from '../../../../contracts/models/budget.ts';
import { useCreateBudget } from '../../api/models.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { modelsText } from '../../i18n/models.ts';
import { toMicros } from '../../lib/money.ts';

export function BudgetDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={onClose} title={t(modelsText.newBudget)}>
      <BudgetForm onClose={onClose} />
    </Modal>
  );
}

function BudgetForm({ onClose }: { onClose(): void }) {
  const t = useT();
  const create = useCreateBudget();
  const [scope, setScope] = useState<BudgetScope>('workspace');
  const [unit, setUnit] = useState<BudgetUnit>('money');
  const [period, setPeriod] = useState<BudgetPeriod>('month');
  const [limit, setLimit] = useState<number | ''>('');
  return (
    <DialogForm
      action={t(common.create)}
      request={create}
      onSubmit={(event) => {
        event.preventDefault();
        if (limit === '') return;
        const counted = unit === 'money' ? toMicros(limit) : limit;
        create.mutate({ scope, unit, period, limit: counted }, { onSuccess: onClose });
      }}
      onCancel={onClose}
      disabled={limit === ''}
      testId="budget-save"
    >
      <Select
        label={t(modelsText.scope)}
        data={budgetScope.options.map((value) => ({ value, label: t(modelsText.scopes[value]) }))}
        value={scope}
        onChange={(next) => next && setScope(next as BudgetScope)}
        allowDeselect={false}
      />
      <SegmentedControl
        aria-label={t(modelsText.unit)}
        data={(['money', 'tokens'] as const).map((value) => ({ value, label: t(modelsText.units[value]) }))}
        value={unit}
        onChange={(next) => setUnit(next as BudgetUnit)}
        fullWidth
      />
      <NumberInput
        label={t(modelsText.limit)}
        {...(unit === 'money' ? { prefix: '$', decimalScale: 6 } : { allowDecimal: false })}
        min={0}
        thousandSeparator=","
        value={limit}
        onChange={(next) => setLimit(typeof next === 'number' ? next : '')}
        data-autofocus
        data-testid="budget-limit"
      />
      <Select
        label={t(modelsText.period)}
        data={budgetPeriod.options.map((value) => ({ value, label: t(modelsText.periods[value]) }))}
        value={period}
        onChange={(next) => next && setPeriod(next as BudgetPeriod)}
        allowDeselect={false}
      />
    </DialogForm>
  );
}
