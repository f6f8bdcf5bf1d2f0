/** Makes or changes a chain: its models, up and down. */
import { ActionIcon, Button, Checkbox, Group, Input, Modal, Select, Stack, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ModelChain } from '../../../../contracts/api/models.ts';
import type { ChainEntry } from '../../../../contracts/models/chain.ts';
import { useModelChains, useModelProviders, useSaveChain } from '../../api/models.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { modelsText } from '../../i18n/models.ts';
import { ModelSelect } from './model-select.tsx';

export interface ChainDialogProps {
  /** Undefined: closed. */
  chain: ModelChain | 'new' | undefined;
  onClose(): void;
}

export function ChainDialog({ chain, onClose }: ChainDialogProps) {
  const t = useT();
  const stored = typeof chain === 'object' ? chain : undefined;
  const title = stored ? t(modelsText.editChain, { name: stored.name }) : t(modelsText.newChain);
  return (
    <Modal opened={chain !== undefined} onClose={onClose} title={title} size="lg" closeOnClickOutside={false}>
      {chain && <ChainForm key={stored?.id ?? 'new'} chain={stored} onClose={onClose} />}
    </Modal>
  );
}

function ChainForm({ chain, onClose }: { chain: ModelChain | undefined; onClose(): void }) {
  const t = useT();
  const chains = useModelChains();
  const save = useSaveChain();
  const [name, setName] = useState(chain?.name ?? '');
  const [entries, setEntries] = useState<ChainEntry[]>(chain?.entries ?? [{ provider: '', model: '' }]);
  const [isDefault, setIsDefault] = useState(chain?.isDefault ?? chains.data?.length === 0);
  const put = (position: number, entry: ChainEntry) =>
    setEntries(entries.map((other, at) => (at === position ? entry : other)));
  const move = (position: number, by: -1 | 1) => {
    const next = [...entries];
    const [moved] = next.splice(position, 1);
    next.splice(position + by, 0, moved!);
    setEntries(next);
  };
  const isComplete = entries.length > 0 && entries.every(({ provider, model }) => provider && model.trim());
  return (
    <DialogForm
      action={t(common.save)}
      request={save}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ id: chain?.id, name, entries, isDefault }, { onSuccess: onClose });
      }}
      onCancel={onClose}
      disabled={name.trim() === '' || !isComplete}
      testId="chain-save"
    >
      <TextInput
        label={t(common.name)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
        data-testid="chain-name"
      />
      <Input.Wrapper label={t(modelsText.order)} labelElement="div">
        <Stack gap="xs" mt={6}>
          {entries.map((entry, position) => (
            <EntryRow
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place
              key={position}
              entry={entry}
              isFirst={position === 0}
              isLast={position === entries.length - 1}
              onChange={(next) => put(position, next)}
              onMove={(by) => move(position, by)}
              onRemove={() => setEntries(entries.filter((_, at) => at !== position))}
            />
          ))}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => setEntries([...entries, { provider: '', model: '' }])}
            disabled={entries.length >= 10}
            style={{ alignSelf: 'flex-start' }}
            data-testid="chain-add-model"
          >
            {t(modelsText.addModel)}
          </Button>
        </Stack>
      </Input.Wrapper>
      <Checkbox
        label={t(modelsText.makeDefault)}
        checked={isDefault}
        onChange={(event) => setIsDefault(event.currentTarget.checked)}
        disabled={chain?.isDefault ?? false}
      />
    </DialogForm>
  );
}

interface EntryRowProps {
  entry: ChainEntry;
  isFirst: boolean;
  isLast: boolean;
  onChange(entry: ChainEntry): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

function EntryRow({ entry, isFirst, isLast, onChange, onMove, onRemove }: EntryRowProps) {
  const t = useT();
  const providers = useModelProviders();
  const data = (providers.data ?? []).map(({ id, name, builtIn }) => ({
    value: id,
    label: builtIn ? t(modelsText.sandboxChoice) : name,
  }));
  return (
    <Group gap={6} align="flex-start" wrap="nowrap">
      <Group gap={6} style={{ flex: 1 }} grow preventGrowOverflow={false}>
        <Select
          aria-label={t(modelsText.provider)}
          placeholder={t(modelsText.chooseProvider)}
          data={data}
          value={entry.provider || null}
          onChange={(provider) => onChange({ provider: provider ?? '', model: '' })}
          miw={140}
          data-testid="chain-provider"
        />
        <ModelSelect
          aria-label={t(modelsText.model)}
          provider={entry.provider}
          value={entry.model}
          onChange={(model) => onChange({ ...entry, model })}
        />
      </Group>
      <ActionIcon size="lg" aria-label={t(modelsText.moveUp)} disabled={isFirst} onClick={() => onMove(-1)}>
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon size="lg" aria-label={t(modelsText.moveDown)} disabled={isLast} onClick={() => onMove(1)}>
        <IconArrowDown size={16} />
      </ActionIcon>
      <ActionIcon
        size="lg"
        aria-label={t(modelsText.takeOut)}
        disabled={isFirst && isLast}
        onClick={onRemove}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}
