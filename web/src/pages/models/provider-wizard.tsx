/** From nothing to a model that answers: which service, its key, a real test, and the default chain. */
import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  Group,
  Modal,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { IconCircleCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ModelProvider, ModelProviderTest } from '../../../../contracts/api/models.ts';
import {
  credentialOfKind,
  type ProviderPreset,
  providerPresets,
} from '../../../../contracts/models/provider.ts';
import { useCreateCredential, useUpdateCredential } from '../../api/credentials.ts';
import { useCreateProvider, useModelChains, useSaveChain, useTestProvider } from '../../api/models.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { SecretInput } from '../../components/secret-input.tsx';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import { modelsText } from '../../i18n/models.ts';
import { ModelSelect } from './model-select.tsx';
import classes from './provider-wizard.module.css';

export function ProviderWizard({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const t = useT();
  const [preset, setPreset] = useState<ProviderPreset>();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setPreset(undefined)}
      title={preset?.label ?? t(modelsText.addProvider)}
      size="lg"
      closeOnClickOutside={preset === undefined}
    >
      {preset ? (
        <ProviderForm key={preset.id} preset={preset} onBack={() => setPreset(undefined)} onClose={onClose} />
      ) : (
        <Stack>
          <Text size="sm">{t(modelsText.chooseService)}</Text>
          <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="xs">
            {providerPresets.map((each) => (
              <UnstyledButton
                key={each.id}
                className={classes.preset}
                onClick={() => setPreset(each)}
                data-testid={`preset-${each.id}`}
              >
                <Text size="sm" fw={600}>
                  {each.label}
                </Text>
              </UnstyledButton>
            ))}
          </SimpleGrid>
          <Text size="xs" c="dimmed">
            {t(modelsText.wizardSandbox)}
          </Text>
        </Stack>
      )}
    </Modal>
  );
}

interface ProviderFormProps {
  preset: ProviderPreset;
  onBack(): void;
  onClose(): void;
}

/** What is there already is not made again by a second try. */
interface Made {
  credential?: string;
  provider?: ModelProvider;
}

function ProviderForm({ preset, onBack, onClose }: ProviderFormProps) {
  const t = useT();
  const [name, setName] = useState(preset.id === 'other' ? '' : preset.label);
  const [baseUrl, setBaseUrl] = useState(preset.baseUrl);
  const [apiKey, setApiKey] = useState('');
  const [made, setMade] = useState<Made>({});
  const [result, setResult] = useState<ModelProviderTest>();
  const createCredential = useCreateCredential();
  const updateCredential = useUpdateCredential();
  const createProvider = useCreateProvider();
  const test = useTestProvider();
  const type = credentialOfKind[preset.kind];

  async function save(): Promise<void> {
    const values = { baseUrl: baseUrl.trim(), apiKey: apiKey.trim() };
    let { credential, provider } = made;
    if (credential === undefined)
      ({ id: credential } = await createCredential.mutateAsync({ name: `${name} (models)`, type, values }));
    else await updateCredential.mutateAsync({ id: credential, values });
    setMade({ credential });
    provider ??= await createProvider.mutateAsync({ name, kind: preset.kind, credential });
    setMade({ credential, provider });
    setResult(await test.mutateAsync(provider.id));
  }

  const requests = [createCredential, updateCredential, createProvider, test];
  const request = {
    error: requests.find(({ error }) => error)?.error,
    isPending: requests.some(({ isPending }) => isPending),
  };
  if (made.provider && result?.passed)
    return <Tested provider={made.provider} result={result} onClose={onClose} />;
  return (
    <DialogForm
      action={t(modelsText.saveAndTest)}
      request={request}
      onSubmit={(event) => {
        event.preventDefault();
        // What failed is told by its request.
        save().catch(() => undefined);
      }}
      onCancel={onClose}
      disabled={name.trim() === '' || (preset.needsKey && apiKey.trim() === '')}
      testId="provider-save"
      aside={
        made.provider ? undefined : (
          <Button variant="subtle" onClick={onBack}>
            {t(modelsText.back)}
          </Button>
        )
      }
    >
      {preset.help && <Text size="sm">{t(preset.help)}</Text>}
      <TextInput
        label={t(common.name)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        disabled={made.provider !== undefined}
        data-testid="provider-name"
      />
      <TextInput
        label={t(modelsText.baseUrl)}
        value={baseUrl}
        onChange={(event) => setBaseUrl(event.currentTarget.value)}
        spellCheck={false}
        data-testid="provider-url"
      />
      <SecretInput
        label={t(modelsText.apiKey)}
        description={t(modelsText.keyKept)}
        value={apiKey}
        filled={false}
        onChange={setApiKey}
        withAsterisk={preset.needsKey}
        data-testid="provider-key"
      />
      {preset.keyUrl && (
        <Anchor href={preset.keyUrl} target="_blank" rel="noreferrer" size="sm">
          {t(modelsText.getKey, { name: preset.label })}
        </Anchor>
      )}
      {result && !result.passed && (
        <Alert color="red" icon={<IconX />} title={result.message} data-testid="provider-failed">
          {result.hint}
        </Alert>
      )}
    </DialogForm>
  );
}

interface TestedProps {
  provider: ModelProvider;
  result: ModelProviderTest;
  onClose(): void;
}

/** It answers: what is left is to use it. */
function Tested({ provider, result, onClose }: TestedProps) {
  const t = useT();
  const chains = useModelChains();
  const saveChain = useSaveChain();
  const [wanted, setWanted] = useState(true);
  const [model, setModel] = useState(result.model ?? '');
  const hasDefault = chains.data?.some(({ isDefault }) => isDefault) ?? true;
  async function finish(): Promise<void> {
    if (!hasDefault && wanted && model !== '')
      await saveChain.mutateAsync({
        name: provider.name,
        entries: [{ provider: provider.id, model }],
        isDefault: true,
      });
    onClose();
  }
  return (
    <DialogForm
      action={t(modelsText.done)}
      request={saveChain}
      onSubmit={(event) => {
        event.preventDefault();
        finish().catch(() => undefined);
      }}
      onCancel={onClose}
      dismiss={t(common.close)}
      testId="provider-done"
    >
      <Alert
        color="teal"
        icon={<IconCircleCheck />}
        title={t(modelsText.testPassed, { name: provider.name })}
      >
        {result.message}
      </Alert>
      {!hasDefault && (
        <>
          <Checkbox
            label={t(modelsText.makeDefault)}
            checked={wanted}
            onChange={(event) => setWanted(event.currentTarget.checked)}
          />
          {wanted && (
            <Group grow>
              <ModelSelect
                label={t(modelsText.modelForDefault)}
                provider={provider.id}
                value={model}
                onChange={setModel}
              />
            </Group>
          )}
        </>
      )}
    </DialogForm>
  );
}
