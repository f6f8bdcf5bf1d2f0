import { ActionIcon, Button, Card, Group, Progress, Stack, Text, Tooltip } from '@mantine/core';
import { IconCoin, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ModelBudget } from '../../../../contracts/api/models.ts';
import type { ModelLimits } from '../../../../contracts/models/provider.ts';
import { useMembers } from '../../api/members.ts';
import { useModelBudgets, useModelLimits, useRemoveBudget, useSaveLimits } from '../../api/models.ts';
import { useCan } from '../../api/session.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { ErrorNotice, notifyDone, notifyError } from '../../components/error-notice.tsx';
import { Section } from '../../components/section.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { common } from '../../i18n/common.ts';
import { useLanguage, useT } from '../../i18n/language.ts';
import { modelsText } from '../../i18n/models.ts';
import { money, shortNumber } from '../../lib/money.ts';
import { BudgetDialog } from './budget-dialog.tsx';
import { LimitInputs } from './limit-inputs.tsx';
import { AddButton, TabHead } from './tab-head.tsx';

export function BudgetsTab() {
  const t = useT();
  const budgets = useModelBudgets();
  const mayManage = useCan('model.manage');
  const [adding, setAdding] = useState(false);
  const add = mayManage && (
    <AddButton label={t(modelsText.newBudget)} onClick={() => setAdding(true)} testId="budget-add" />
  );
  return (
    <Stack gap="xl">
      <Stack>
        {budgets.error && <ErrorNotice error={budgets.error} onRetry={budgets.refetch} />}
        {budgets.data?.length === 0 ? (
          <TeachingEmpty icon={<IconCoin />} title={t(modelsText.noBudgets)} actions={add}>
            {t(modelsText.noBudgetsText)} {t(modelsText.budgetsHelp)}
          </TeachingEmpty>
        ) : (
          <TabHead help={t(modelsText.budgetsHelp)} add={add} />
        )}
        {budgets.data?.map((budget) => (
          <BudgetCard key={budget.id} budget={budget} mayManage={mayManage} />
        ))}
      </Stack>
      <WorkspaceLimits mayManage={mayManage} />
      <BudgetDialog opened={adding} onClose={() => setAdding(false)} />
    </Stack>
  );
}

function BudgetCard({ budget, mayManage }: { budget: ModelBudget; mayManage: boolean }) {
  const t = useT();
  const language = useLanguage();
  const members = useMembers(budget.scope === 'member');
  const remove = useRemoveBudget();
  const [ask, dialog] = useConfirm();
  const { scope, target, unit, limit, period, accounts } = budget;
  const amount = (value: number) =>
    unit === 'money'
      ? money(value, language)
      : `${shortNumber(value, language)} ${t(modelsText.units.tokens)}`;
  const nameOf = (subject: string) => members.data?.find(({ user }) => user === subject)?.name ?? subject;
  const whose = target ? nameOf(target) : t(modelsText.scopes[scope]);
  const shown = accounts.length > 0 ? accounts.slice(0, scope === 'workspace' ? 1 : 5) : [];
  return (
    <Card withBorder data-testid="budget-card">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text fw={600}>
          {amount(limit)} · {t(modelsText.periods[period])} · {whose}
        </Text>
        {mayManage && (
          <Tooltip label={t(common.delete)}>
            <ActionIcon
              aria-label={t(common.delete)}
              onClick={() =>
                ask({
                  title: t(modelsText.removeBudgetTitle),
                  text: t(modelsText.removeBudgetText),
                  action: t(common.delete),
                  onYes: () => remove.mutate(budget.id, { onError: notifyError }),
                })
              }
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      <Stack gap="sm" mt="xs">
        {(shown.length > 0 ? shown : [{ subject: '', spent: 0, reserved: 0 }]).map(
          ({ subject, spent, reserved }) => (
            <div key={subject}>
              <Group justify="space-between" gap="xs">
                <Text size="xs" c="dimmed">
                  {scope === 'workspace' || subject === '' ? '' : `${nameOf(subject)}: `}
                  {t(modelsText.used, { used: amount(spent), limit: amount(limit) })}
                </Text>
                {reserved > 0 && (
                  <Text size="xs" c="dimmed">
                    {t(modelsText.reserved, { amount: amount(reserved) })}
                  </Text>
                )}
              </Group>
              <Progress.Root size="sm" mt={4}>
                <Progress.Section
                  value={share(spent, limit)}
                  color={spent >= limit ? 'red' : undefined}
                  aria-label={t(modelsText.spent)}
                />
                <Progress.Section value={share(reserved, limit)} color="gray" />
              </Progress.Root>
            </div>
          ),
        )}
      </Stack>
      {dialog}
    </Card>
  );
}

function share(part: number, of: number): number {
  return of === 0 ? (part > 0 ? 100 : 0) : Math.min(100, (part / of) * 100);
}

function WorkspaceLimits({ mayManage }: { mayManage: boolean }) {
  const t = useT();
  const limits = useModelLimits();
  const save = useSaveLimits();
  const [changed, setChanged] = useState<ModelLimits>();
  if (!limits.data) return null;
  return (
    <Section title={t(modelsText.limitsTitle)} help={t(modelsText.limitsHelp)}>
      <Stack>
        <LimitInputs value={changed ?? limits.data} onChange={setChanged} />
        {mayManage && (
          <Button
            style={{ alignSelf: 'flex-start' }}
            disabled={changed === undefined}
            loading={save.isPending}
            onClick={() =>
              save.mutate(changed ?? {}, {
                onSuccess: () => {
                  setChanged(undefined);
                  notifyDone(t(modelsText.limitsSaved));
                },
                onError: notifyError,
              })
            }
          >
            {t(common.save)}
          </Button>
        )}
      </Stack>
    </Section>
  );
}
