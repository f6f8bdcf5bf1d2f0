/** Turning the second factor on, step by step: who you are, the secret for the app, a code as proof, the recovery codes. */
import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Account } from '../../../../contracts/api/account.ts';
import { useConfirmSecondFactor, useSetUpSecondFactor } from '../../api/account.ts';
import { CopyId } from '../../components/copy-button.tsx';
import { useT } from '../../i18n/language.ts';
import { profileText } from '../../i18n/profile.ts';
import { sessionText } from '../../i18n/session.ts';
import { SessionForm } from '../session/session-form.tsx';
import { ProveForm } from './prove-form.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

interface SetUpSecondFactorProps {
  user: NonNullable<Account['user']>;
  /** From here on it is asked for: the dialog must not be closed before the codes were seen. */
  onConfirmed(): void;
  onDone(): void;
}

export function SetUpSecondFactor({ user, onConfirmed, onDone }: SetUpSecondFactorProps) {
  const t = useT();
  const setUp = useSetUpSecondFactor();
  const confirm = useConfirmSecondFactor();
  const [codes, setCodes] = useState<readonly string[]>();
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  if (!setUp.data)
    return (
      <Stack>
        {user.hasPassword && <Text size="sm">{t(profileText.passwordFirst)}</Text>}
        <ProveForm
          user={user}
          action={t(profileText.goOn)}
          request={setUp}
          onProof={(proof) => setUp.mutate(proof)}
        />
      </Stack>
    );
  const { secret, url } = setUp.data;
  return (
    <Stack>
      <Text size="sm">{t(profileText.scan)}</Text>
      <QrCode text={url} label={t(profileText.qrCode)} />
      <div>
        <Text size="xs" c="dimmed" mb={4}>
          {t(profileText.secretByHand)}
        </Text>
        <span data-testid="secret" data-secret={secret}>
          <CopyId id={secret} shown={inFours(secret)} />
        </span>
      </div>
      <SessionForm
        fields={['code']}
        focus="code"
        size="sm"
        action={t(sessionText.confirm)}
        testId="confirm-second-factor"
        request={confirm}
        onSubmit={({ code }) =>
          confirm.mutate(
            { code: code.replace(/\s/g, '') },
            {
              onSuccess: (answer) => {
                setCodes(answer.codes);
                onConfirmed();
              },
            },
          )
        }
      />
    </Stack>
  );
}

/** As people copy it by hand. */
function inFours(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret;
}
