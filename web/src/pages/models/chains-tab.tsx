import { Badge, Card, Group, Menu, Stack, Text } from '@mantine/core';
import { IconArrowRight, IconLink } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import type { ModelChain } from '../../../../contracts/api/models.ts';
import { sandboxId } from '../../../../contracts/models/provider.ts';
import { useChangeChain, useModelChains, useModelProviders, useRemoveChain } from '../../api/models.ts';
import { useCan } from '../../api/session.ts';
import { useConfirm } from '../../components/confirm.tsx';
import { ErrorNotice, notifyError } from '../../components/error-notice.tsx';
import { MoreMenu } from '../../components/more-menu.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { modelsText } from '../../i18n/models.ts';
import { ChainDialog } from './chain-dialog.tsx';
import { AddButton, TabHead } from './tab-head.tsx';

export function ChainsTab() {
  const t = useT();
  const chains = useModelChains();
  const mayManage = useCan('model.manage');
  const [edited, setEdited] = useState<ModelChain | 'new'>();
  const add = mayManage && (
    <AddButton label={t(modelsText.newChain)} onClick={() => setEdited('new')} testId="chain-add" />
  );
  return (
    <Stack>
      {chains.error && <ErrorNotice error={chains.error} onRetry={chains.refetch} />}
      {chains.data?.length === 0 ? (
        <TeachingEmpty icon={<IconLink />} title={t(modelsText.noChains)} actions={add}>
          {t(modelsText.chainsHelp)} {t(modelsText.noChainsText)}
        </TeachingEmpty>
      ) : (
        <TabHead help={t(modelsText.chainsHelp)} add={add} />
      )}
      {chains.data?.map((chain) => (
        <ChainCard key={chain.id} chain={chain} mayManage={mayManage} onEdit={() => setEdited(chain)} />
      ))}
      <ChainDialog chain={edited} onClose={() => setEdited(undefined)} />
    </Stack>
  );
}

interface ChainCardProps {
  chain: ModelChain;
  mayManage: boolean;
  onEdit(): void;
}

function ChainCard({ chain: { id, name, entries, isDefault }, mayManage, onEdit }: ChainCardProps) {
  const t = useT();
  const providers = useModelProviders();
  const change = useChangeChain();
  const remove = useRemoveChain();
  const [ask, dialog] = useConfirm();
  const nameOf = (provider: string) =>
    provider === sandboxId
      ? t(modelsText.sandboxChoice)
      : (providers.data?.find((each) => each.id === provider)?.name ?? t(modelsText.gone));
  return (
    <Card withBorder data-testid="chain-card">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            {isDefault && <Badge variant="light">{t(modelsText.defaultChain)}</Badge>}
          </Group>
          <Group gap={6} mt={6}>
            {entries.map((entry, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a model may stand in a chain twice
              <Fragment key={position}>
                {position > 0 && <IconArrowRight size={14} aria-hidden />}
                <Text size="sm">
                  {entry.model}{' '}
                  <Text span size="xs" c="dimmed">
                    {nameOf(entry.provider)}
                  </Text>
                </Text>
              </Fragment>
            ))}
          </Group>
        </div>
        {mayManage && (
          <MoreMenu>
            <Menu.Item onClick={onEdit}>{t(modelsText.edit)}</Menu.Item>
            {!isDefault && (
              <Menu.Item onClick={() => change.mutate({ id, isDefault: true }, { onError: notifyError })}>
                {t(modelsText.makeDefault)}
              </Menu.Item>
            )}
            <Menu.Item
              color="red"
              onClick={() =>
                ask({
                  title: t(modelsText.removeTitle, { name }),
                  text: t(modelsText.removeChainText),
                  action: t(common.delete),
                  onYes: () => remove.mutate(id, { onError: notifyError }),
                })
              }
            >
              {t(common.delete)}
            </Menu.Item>
          </MoreMenu>
        )}
      </Group>
      {dialog}
    </Card>
  );
}
