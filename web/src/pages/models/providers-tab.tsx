import { Alert, Button, Group, Menu, Stack, Table, Text, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconCircleCheck,
  IconCircleDashed,
  IconFlask,
  IconPlayerPause,
  IconPower,
  IconX,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { ModelProvider } from '../../../../contracts/api/models.ts';
import {
  useModelProviders,
  useRemoveProvider,
  useTestProvider,
  useUpdateProvider,
} from '../../api/models.ts';
import { useCan } from '../../api/session.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { notifyError } from '../../components/error-notice.tsx';
import { ListFrame, ListTable } from '../../components/list-frame.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { useT } from '../../i18n/language.ts';
import { modelsText } from '../../i18n/models.ts';
import { ProviderSettingsDialog } from './provider-settings-dialog.tsx';
import { ProviderWizard } from './provider-wizard.tsx';
import { AddButton } from './tab-head.tsx';

export function ProvidersTab() {
  const t = useT();
  const providers = useModelProviders();
  const mayManage = useCan('model.manage');
  // Whoever comes to add their first one (`?add=first`) finds the wizard open.
  const [search] = useSearchParams();
  const [adding, setAdding] = useState(search.has('add'));
  const [changed, setChanged] = useState<ModelProvider>();
  const rows = providers.data ?? [];
  const onlySandbox = providers.data !== undefined && rows.every(({ builtIn }) => builtIn);
  const add = mayManage && (
    <AddButton label={t(modelsText.addProvider)} onClick={() => setAdding(true)} testId="provider-add" />
  );
  return (
    <Stack>
      {onlySandbox ? (
        <Alert icon={<IconFlask />} title={t(modelsText.onlySandbox)} data-testid="only-sandbox">
          <Text size="sm" mb={mayManage ? 'sm' : 0}>
            {t(modelsText.onlySandboxText)}
          </Text>
          {add}
        </Alert>
      ) : (
        <Group justify="flex-end">{add}</Group>
      )}
      <ListFrame query={providers} count={rows.length} empty={null}>
        <ListTable
          columns={[
            { label: t(modelsText.provider) },
            { label: t(modelsText.state), width: { base: 130, sm: 220 } },
            ...(mayManage
              ? [{ label: t(modelsText.actions), width: { base: 60, sm: 150 }, unlabelled: true }]
              : []),
          ]}
        >
          {rows.map((provider) => (
            <ProviderRow
              key={provider.id}
              provider={provider}
              mayManage={mayManage}
              onSettings={() => setChanged(provider)}
            />
          ))}
        </ListTable>
      </ListFrame>
      {mayManage && <ProviderWizard opened={adding} onClose={() => setAdding(false)} />}
      <ProviderSettingsDialog provider={changed} onClose={() => setChanged(undefined)} />
    </Stack>
  );
}

interface ProviderRowProps {
  provider: ModelProvider;
  mayManage: boolean;
  onSettings(): void;
}

function ProviderRow({ provider, mayManage, onSettings }: ProviderRowProps) {
  const t = useT();
  const { id, name, builtIn, kind, enabled } = provider;
  const test = useTestProvider();
  const update = useUpdateProvider();
  const remove = useRemoveProvider();
  const [ask, dialog] = useConfirm();
  const tryIt = () =>
    test.mutate(id, {
      onSuccess: ({ passed, message, hint }) =>
        notifications.show({
          color: passed ? 'teal' : 'red',
          icon: passed ? <IconCircleCheck size={18} /> : <IconX size={18} />,
          title: t(passed ? modelsText.testPassed : modelsText.testFailed, { name }),
          message: [message, hint].filter(Boolean).join(' '),
          autoClose: passed ? 6_000 : false,
        }),
      onError: notifyError,
    });
  const askToRemove = () =>
    ask({
      title: t(modelsText.removeTitle, { name }),
      text: t(modelsText.removeText),
      action: t(modelsText.removeAction),
      onYes: () => remove.mutate(id, { onError: notifyError }),
    });
  return (
    <Table.Tr data-testid="provider-row">
      <Table.Td>
        <Text size="sm" fw={600} truncate>
          {name}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {builtIn ? t(modelsText.sandboxAbout) : kinds[kind]}
        </Text>
      </Table.Td>
      <Table.Td>
        <ProviderState provider={provider} />
      </Table.Td>
      {mayManage && (
        <Table.Td>
          <Group gap={4} justify="flex-end" wrap="nowrap">
            <Tooltip label={t(modelsText.testHelp)}>
              <Button
                size="xs"
                variant="default"
                visibleFrom="sm"
                loading={test.isPending}
                onClick={tryIt}
                data-testid="provider-test"
              >
                {t(modelsText.test)}
              </Button>
            </Tooltip>
            <MoreMenu isBusy={test.isPending}>
              <Menu.Item onClick={tryIt}>{t(modelsText.test)}</Menu.Item>
              {!builtIn && (
                <>
                  <Menu.Item onClick={onSettings}>{t(modelsText.settings)}</Menu.Item>
                  <Menu.Item
                    onClick={() => update.mutate({ id, enabled: !enabled }, { onError: notifyError })}
                  >
                    {t(enabled ? modelsText.turnOff : modelsText.turnOn)}
                  </Menu.Item>
                  <Menu.Item color="red" onClick={askToRemove}>
                    {t(modelsText.remove)}
                  </Menu.Item>
                </>
              )}
            </MoreMenu>
          </Group>
          {dialog}
        </Table.Td>
      )}
    </Table.Tr>
  );
}

const kinds = { openai: 'OpenAI API', anthropic: 'Anthropic API', sandbox: '' } as const;

function ProviderState({ provider: { builtIn, enabled, tested, resting } }: { provider: ModelProvider }) {
  const t = useT();
  const { icon: Icon, color, label } = stateOf();
  function stateOf() {
    if (!enabled) return { icon: IconPower, color: 'dimmed', label: modelsText.off };
    if (builtIn) return { icon: IconFlask, color: 'dimmed', label: modelsText.works };
    if (!tested) return { icon: IconCircleDashed, color: 'dimmed', label: modelsText.untested };
    return tested.passed
      ? { icon: IconCircleCheck, color: 'teal', label: modelsText.works }
      : { icon: IconX, color: 'red', label: modelsText.fails };
  }
  return (
    <Stack gap={2}>
      <Group gap={6} wrap="nowrap">
        <Icon size={16} color={color === 'dimmed' ? undefined : `var(--mantine-color-${color}-6)`} />
        <Text size="sm">{t(label)}</Text>
      </Group>
      {resting.length > 0 && (
        <Tooltip
          label={t(modelsText.restingText, { models: resting.map(({ model }) => model).join(', ') })}
          multiline
          maw={320}
        >
          <Group gap={6} wrap="nowrap" c="orange">
            <IconPlayerPause size={14} />
            <Text size="xs">{t(modelsText.resting, { count: resting.length })}</Text>
          </Group>
        </Tooltip>
      )}
    </Stack>
  );
}
