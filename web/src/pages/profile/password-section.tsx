import { useState } from 'react';
import { useChangePassword } from '../../api/account.ts';
import { useAccount } from '../../api/session.ts';
import { notifyDone } from '../../components/error-notice.tsx';
import { useT } from '../../i18n/language.ts';
import { profileText } from '../../i18n/profile.ts';
import { sessionText } from '../../i18n/session.ts';
import { SessionForm } from '../session/session-form.tsx';
import { ProfileSection } from './profile-section.tsx';

export function PasswordSection({ hasPassword, email }: { hasPassword: boolean; email: string }) {
  const t = useT();
  const change = useChangePassword();
  const { data: account } = useAccount();
  const byCode = !hasPassword && account?.user?.secondFactor === true;
  // A new form after each change: nothing that was typed stays on the page.
  const [changes, setChanges] = useState(0);
  return (
    <ProfileSection
      title={t(profileText.passwordTitle)}
      help={t(hasPassword ? profileText.passwordHelp : profileText.noPassword)}
    >
      <SessionForm
        key={changes}
        fields={[
          ...(hasPassword ? (['currentPassword'] as const) : byCode ? (['code'] as const) : []),
          'newPassword',
        ]}
        labels={{ newPassword: t(sessionText.newPassword) }}
        username={email}
        size="sm"
        action={t(hasPassword ? profileText.changePassword : profileText.setPassword)}
        testId="change-password"
        request={change}
        onSubmit={({ currentPassword: current, code, newPassword: password }) =>
          change.mutate(hasPassword ? { current, password } : byCode ? { code, password } : { password }, {
            onSuccess: () => {
              setChanges(changes + 1);
              notifyDone(t(profileText.passwordChanged));
            },
          })
        }
      />
    </ProfileSection>
  );
}
