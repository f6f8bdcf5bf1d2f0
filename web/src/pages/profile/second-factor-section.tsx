/** The second factor: on or off, set up, new recovery codes, turned off. */
import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '../../../../contracts/api/account.ts';
import { useNewRecoveryCodes, useRemoveSecondFactor } from '../../api/account.ts';
import { notifyDone } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { profileText } from '../../i18n/profile.ts';
import { ProfileSection } from './profile-section.tsx';
import { ProveForm } from './prove-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SetUpSecondFactor } from './set-up-second-factor.tsx';

interface UserProps {
  user: NonNullable<Account['user']>;
}
type Dialog = 'set-up' | 'codes' | 'remove';

const titles = {
  'set-up': profileText.secondFactor,
  codes: profileText.newCodes,
  remove: profileText.turnOff,
} as const;

export function SecondFactorSection({ user }: UserProps) {
  const t = useT();
  const client = useQueryClient();
  const [dialog, setDialog] = useState<Dialog>();
  const [mustFinish, setMustFinish] = useState(false);
  const close = () => {
    setDialog(undefined);
    setMustFinish(false);
  };
  const done = () => {
    close();
    return client.invalidateQueries({ queryKey: ['account'] });
  };
  return (
    <ProfileSection title={t(profileText.secondFactor)} help={t(profileText.secondFactorHelp)}>
      <Group justify="space-between">
        {user.secondFactor ? (
          <Badge
            variant="light"
            color="green"
            tt="none"
            size="lg"
            leftSection={<IconShieldCheck size={14} />}
          >
            {t(profileText.on)}
          </Badge>
        ) : (
          <Badge variant="light" color="gray" tt="none" size="lg" leftSection={<IconShieldOff size={14} />}>
            {t(profileText.off)}
          </Badge>
        )}
        <Group gap="xs">
          {user.secondFactor ? (
            <>
              <Button size="sm" variant="default" onClick={() => setDialog('codes')} data-testid="new-codes">
                {t(profileText.newCodes)}
              </Button>
              <Button
                size="sm"
                variant="light"
                color="red"
                onClick={() => setDialog('remove')}
                data-testid="remove-second-factor"
              >
                {t(profileText.turnOff)}
              </Button>
            </>
          ) : (
            <Button size="sm" onClick={() => setDialog('set-up')} data-testid="set-up-second-factor">
              {t(profileText.turnOn)}
            </Button>
          )}
        </Group>
      </Group>
      <Modal
        opened={dialog !== undefined}
        onClose={close}
        title={dialog && t(titles[dialog])}
        size={440}
        closeOnClickOutside={false}
        closeOnEscape={!mustFinish}
        withCloseButton={!mustFinish}
      >
        {dialog === 'set-up' && (
          <SetUpSecondFactor user={user} onConfirmed={() => setMustFinish(true)} onDone={done} />
        )}
        {dialog === 'codes' && <NewCodes user={user} onShown={() => setMustFinish(true)} onDone={close} />}
        {dialog === 'remove' && <Remove user={user} onDone={done} />}
      </Modal>
    </ProfileSection>
  );
}

function NewCodes({ user, onShown, onDone }: UserProps & { onShown(): void; onDone(): void }) {
  const t = useT();
  const renew = useNewRecoveryCodes();
  if (renew.data) return <RecoveryCodes codes={renew.data.codes} onKept={onDone} />;
  return (
    <Stack>
      <Text size="sm">
        {t(profileText.newCodesText)}{' '}
        {t(user.hasPassword ? profileText.passwordFirst : profileText.codeFirst)}
      </Text>
      <ProveForm
        user={user}
        action={t(profileText.newCodes)}
        request={renew}
        onProof={(proof) => renew.mutate(proof, { onSuccess: onShown })}
      />
    </Stack>
  );
}

function Remove({ user, onDone }: UserProps & { onDone(): void }) {
  const t = useT();
  const remove = useRemoveSecondFactor();
  return (
    <Stack>
      <Text size="sm">
        {t(profileText.turnOffText)} {t(user.hasPassword ? profileText.passwordFirst : profileText.codeFirst)}
      </Text>
      <ProveForm
        user={user}
        action={t(profileText.turnOff)}
        request={remove}
        onProof={(proof) =>
          remove.mutate(proof, {
            onSuccess: () => {
              notifyDone(t(profileText.turnedOff));
              onDone();
            },
          })
        }
      />
    </Stack>
  );
}
