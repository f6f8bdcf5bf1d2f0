/** Makes an API key and shows it, once. */
import {
  Button,
  Checkbox,
  Group,
  Input,
  Modal,
  NumberInput,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { type Scope, scopes } from '../../../../../contracts/access/actions.ts';
import { type AssignableRole, assignableRole } from '../../../../../contracts/access/roles.ts';
import type { CreatedApiKey } from '../../../../../contracts/api/keys.ts';
import { apiRoot } from '../../../api/client.ts';
import { type KeysOf, useCreatePersonalKey, useCreateServiceKey } from '../../../api/keys.ts';
import { CodeExample } from '../../../components/code-example.tsx';
import { CopyOnce } from '../../../components/copy-once.tsx';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { scopeTexts } from '../../../i18n/access.ts';
import { common } from '../../../i18n/common.ts';
import { keysText } from '../../../i18n/keys.ts';
import { useT } from '../../../i18n/language.ts';
import { curl } from '../../../lib/curl.ts';
import { RoleSelect } from '../role-select.tsx';
import classes from './create-key-dialog.module.css';

export interface CreateKeyDialogProps {
  of: KeysOf;
  opened: boolean;
  onClose(): void;
}

export function CreateKeyDialog({ of, opened, onClose }: CreateKeyDialogProps) {
  const t = useT();
  const [created, setCreated] = useState<CreatedApiKey>();
  const title = of === 'personal' ? keysText.newPersonalTitle : keysText.newServiceTitle;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setCreated(undefined)}
      title={created ? t(keysText.createdTitle, { name: created.name }) : t(title)}
      // A key that a stray click closed would be lost.
      closeOnClickOutside={!created}
      closeOnEscape={!created}
      size="lg"
    >
      {created ? (
        <Created apiKey={created} onDone={onClose} />
      ) : (
        <KeyForm of={of} onCreated={setCreated} onCancel={onClose} />
      )}
    </Modal>
  );
}

const lifetimes = ['30', '90', '365', 'never'] as const;

interface KeyFormProps {
  of: KeysOf;
  onCreated(key: CreatedApiKey): void;
  onCancel(): void;
}

function KeyForm({ of, onCreated, onCancel }: KeyFormProps) {
  const t = useT();
  const personal = useCreatePersonalKey();
  const service = useCreateServiceKey();
  const request = of === 'personal' ? personal : service;
  const [name, setName] = useState('');
  const [role, setRole] = useState<AssignableRole>('operator');
  const [limited, setLimited] = useState(false);
  const [chosen, setChosen] = useState<Scope[]>([]);
  const [lifetime, setLifetime] = useState<string>('90');
  const [rateLimit, setRateLimit] = useState<number | string>('');
  const [tried, setTried] = useState(false);
  const nameWrong = name.trim() === '';
  const scopesWrong = limited && chosen.length === 0;
  const submit = () => {
    setTried(true);
    if (nameWrong || scopesWrong) return;
    const body = {
      name,
      ...(limited && { scopes: chosen }),
      ...(lifetime !== 'never' && { expiresInDays: Number(lifetime) }),
      ...(typeof rateLimit === 'number' && { rateLimit }),
    };
    if (of === 'personal') personal.mutate(body, { onSuccess: onCreated });
    else service.mutate({ role, ...body }, { onSuccess: onCreated });
  };
  const lifetimeText = (days: (typeof lifetimes)[number]) => {
    if (days === 'never') return t(keysText.never);
    return days === '365' ? t(keysText.year) : t(keysText.days, { count: Number(days) });
  };
  return (
    <DialogForm
      action={t(keysText.create)}
      request={request}
      onCancel={onCancel}
      testId="create-key"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        label={t(common.name)}
        description={t(keysText.nameHelp)}
        placeholder={t(keysText.namePlaceholder)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={tried && nameWrong && t(keysText.nameWrong)}
        maxLength={64}
        required
        data-autofocus
        data-testid="key-name"
      />
      {of === 'workspace' && (
        <RoleSelect
          label={t(keysText.role)}
          roles={assignableRole.options}
          value={role}
          onChange={(value) => setRole(value as AssignableRole)}
        />
      )}
      <Input.Wrapper
        label={t(keysText.scopes)}
        error={tried && scopesWrong && t(keysText.scopesWrong)}
        labelElement="div"
      >
        <Radio.Group
          value={limited ? 'some' : 'all'}
          onChange={(value) => setLimited(value === 'some')}
          mt={6}
        >
          <Stack gap="xs">
            <Radio
              value="all"
              label={t(of === 'personal' ? keysText.scopesAllPersonal : keysText.scopesAll)}
            />
            <Radio value="some" label={t(keysText.scopesSome)} />
          </Stack>
        </Radio.Group>
        {limited && (
          <Checkbox.Group value={chosen} onChange={(value) => setChosen(value as Scope[])}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" mt="sm" ml={28} className={classes.scopes}>
              {scopes.map((scope) => (
                <Checkbox
                  key={scope}
                  value={scope}
                  size="xs"
                  label={t(scopeTexts[scope])}
                  description={scope}
                />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
        )}
      </Input.Wrapper>
      <Group grow align="flex-start">
        <Select
          label={t(keysText.expires)}
          data={lifetimes.map((value) => ({ value, label: lifetimeText(value) }))}
          value={lifetime}
          onChange={(value) => setLifetime(value ?? '90')}
          allowDeselect={false}
        />
        <NumberInput
          label={t(keysText.rateLimit)}
          placeholder={t(keysText.rateLimitDefault)}
          value={rateLimit}
          onChange={setRateLimit}
          min={1}
          max={100_000}
          allowDecimal={false}
        />
      </Group>
    </DialogForm>
  );
}

function Created({ apiKey, onDone }: { apiKey: CreatedApiKey; onDone(): void }) {
  const t = useT();
  const command = curl({ method: 'GET', url: `${window.location.origin}${apiRoot}/automations` });
  const example = `export HIVIEX_API_KEY=${apiKey.key}\n${command}`;
  return (
    <Stack>
      <CopyOnce value={apiKey.key} why={t(keysText.shownOnce)} testId="created-key" />
      <CodeExample
        title={t(keysText.tryIt)}
        code={command}
        copied={example}
        copyLabel={t(common.copyAsCurl)}
      />
      <Group justify="flex-end">
        <Button onClick={onDone} data-testid="key-copied">
          {t(keysText.done)}
        </Button>
      </Group>
    </Stack>
  );
}
