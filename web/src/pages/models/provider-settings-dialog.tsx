import { Modal, NumberInput, SimpleGrid, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ModelProvider } from '../../../../contracts/api/models.ts';
import { useUpdateProvider } from '../../api/models.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { modelsText } from '../../i18n/models.ts';
import { LimitInputs } from './limit-inputs.tsx';

export interface ProviderSettingsDialogProps {
  /** Undefined: closed. */
  provider: ModelProvider | undefined;
  onClose(): void;
}

export function ProviderSettingsDialog({ provider, onClose }: ProviderSettingsDialogProps) {
  return (
    <Modal opened={provider !== undefined} onClose={onClose} title={provider?.name} size="lg">
      {provider && <SettingsForm key={provider.id} provider={provider} onClose={onClose} />}
    </Modal>
  );
}

function SettingsForm({ provider, onClose }: { provider: ModelProvider; onClose(): void }) {
  const t = useT();
  const update = useUpdateProvider();
  const [name, setName] = useState(provider.name);
  const [settings, setSettings] = useState(provider.settings);
  const { models, firstTokenSeconds, betweenTokensSeconds, ...limits } = settings;
  return (
    <DialogForm
      action={t(common.save)}
      request={update}
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate({ id: provider.id, name, settings }, { onSuccess: onClose });
      }}
      onCancel={onClose}
      disabled={name.trim() === ''}
      testId="provider-settings-save"
    >
      <TextInput
        label={t(common.name)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TagsInput
        label={t(modelsText.offerModels)}
        description={t(modelsText.offerModelsHelp)}
        value={models}
        onChange={(next) => setSettings({ ...settings, models: next })}
      />
      <LimitInputs
        value={limits}
        onChange={(next) => setSettings({ models, firstTokenSeconds, betweenTokensSeconds, ...next })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {(['firstTokenSeconds', 'betweenTokensSeconds'] as const).map((field) => (
          <NumberInput
            key={field}
            label={t(modelsText[field])}
            value={settings[field]}
            min={1}
            max={280}
            allowDecimal={false}
            onChange={(next) => typeof next === 'number' && setSettings({ ...settings, [field]: next })}
          />
        ))}
      </SimpleGrid>
    </DialogForm>
  );
}
