/** Who is signed in, theme, language, sign out. */
import { Avatar, Group, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconDeviceDesktop,
  IconExternalLink,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { useAccount, useInstance, useSignOut } from '../api/session.ts';
import { notifyError } from '../components/error-notice.tsx';
import { chooseLanguage, useLanguage, useT } from '../i18n/language.ts';
import { shellText } from '../i18n/shell.ts';
import classes from './shell.module.css';

const schemes = [
  { value: 'light', label: shellText.light, icon: IconSun },
  { value: 'dark', label: shellText.dark, icon: IconMoon },
  { value: 'auto', label: shellText.auto, icon: IconDeviceDesktop },
] as const;
const languages = [
  { value: 'en', label: 'English' },
  { value: 'pt', label: 'Português (Brasil)' },
] as const;

export function UserMenu({ compact, onNavigate }: { compact: boolean; onNavigate(): void }) {
  const t = useT();
  const { data: account } = useAccount();
  const { data: instance } = useInstance();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const language = useLanguage();
  const name = account?.user?.name || account?.user?.email || account?.workspace?.name || '';
  const check = <IconCheck size={14} />;
  return (
    <Menu position="top-start" width={232}>
      <Menu.Target>
        <UnstyledButton
          aria-label={t(shellText.account)}
          data-testid="user-menu"
          className={classes.button}
          data-compact={compact || undefined}
        >
          <Group wrap="nowrap" gap="sm">
            <Avatar name={name} color="initials" size={32} />
            <div style={{ minWidth: 0 }} hidden={compact}>
              <Text size="sm" fw={500} truncate>
                {name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {account?.user?.email}
              </Text>
            </div>
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component={Link}
          to="/profile"
          leftSection={<IconUserCircle size={16} />}
          onClick={onNavigate}
          data-testid="open-profile"
        >
          {t(shellText.profile)}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t(shellText.theme)}</Menu.Label>
        {schemes.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} />}
            rightSection={colorScheme === value && check}
            onClick={() => setColorScheme(value)}
          >
            {t(label)}
          </Menu.Item>
        ))}
        <Menu.Label>{t(shellText.language)}</Menu.Label>
        {languages.map(({ value, label }) => (
          <Menu.Item
            key={value}
            leftSection={<IconLanguage size={16} />}
            rightSection={language === value && check}
            onClick={() => chooseLanguage(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {instance?.temporalUiUrl && (
          <Menu.Item
            component="a"
            href={instance.temporalUiUrl}
            target="_blank"
            rel="noreferrer"
            leftSection={<IconExternalLink size={16} />}
          >
            {t(shellText.temporal)}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => signOut.mutate(undefined, { onError: notifyError })}
        >
          {t(shellText.signOut)}
        </Menu.Item>
        {instance && <Menu.Label>{t(shellText.version, { version: instance.version })}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
