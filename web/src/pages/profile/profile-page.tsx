/** What a person looks after themselves, in whichever workspace they are. */
import { Divider, Skeleton, Stack } from '@mantine/core';
import { Fragment, lazy, Suspense } from 'react';
import { useAccount } from '../../api/session.ts';
import { Page } from '../../components/page.tsx';
import { useT } from '../../i18n/language.ts';
import { profileText } from '../../i18n/profile.ts';
import { PasswordSection } from './password-section.tsx';
import { PersonSection } from './person-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';
import { SessionsSection } from './sessions-section.tsx';

const PersonalKeys = lazy(async () => ({
  default: (await import('../settings/keys/personal-keys.tsx')).PersonalKeys,
}));

export function ProfilePage() {
  const t = useT();
  const { data: account } = useAccount();
  const user = account?.user;
  if (!user) return null;
  const sections = [
    <PersonSection key="you" user={user} />,
    <PasswordSection key="password" hasPassword={user.hasPassword} email={user.email} />,
    <SecondFactorSection key="second-factor" user={user} />,
    <SessionsSection key="sessions" />,
    account.workspace && (
      <ProfileSection key="keys" title={t(profileText.keys)} help={t(profileText.keysHelp)}>
        <Suspense fallback={<Skeleton height={96} />}>
          <PersonalKeys />
        </Suspense>
      </ProfileSection>
    ),
  ].filter(Boolean);
  return (
    <Page title={t(profileText.title)} description={t(profileText.description)}>
      <Stack gap="xl" maw={960}>
        {sections.map((section, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the sections stay where they are
          <Fragment key={index}>
            {index > 0 && <Divider />}
            {section}
          </Fragment>
        ))}
      </Stack>
    </Page>
  );
}
