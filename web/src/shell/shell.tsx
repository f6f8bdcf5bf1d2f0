/** The frame of the app: side bar (a drawer on phones), search, and the page. */
import { ActionIcon, AppShell, Box, Burger, Button, Group, Kbd, Stack, Text, Tooltip } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { openSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Outlet, useLocation } from 'react-router';
import { checkAccount } from '../api/query-client.ts';
import { useAccount } from '../api/session.ts';
import { disconnect, liveSocket, whenClosedByServer } from '../api/socket.ts';
import { ErrorBoundary } from '../components/error-boundary.tsx';
import { useT } from '../i18n/language.ts';
import { shellText } from '../i18n/shell.ts';
import { CommandSearch } from './command-search.tsx';
import { Logo } from './logo.tsx';
import { Navigation } from './navigation.tsx';
import { NotificationsBell } from './notifications-bell.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import classes from './shell.module.css';
import { focusMain, mainId, SkipLink } from './skip-link.tsx';
import { UserMenu } from './user-menu.tsx';
import { WorkspaceSwitch } from './workspace-switch.tsx';

export function Shell() {
  const t = useT();
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  const isPhone = useMediaQuery('(max-width: 48em)');
  // Where there is a canvas, every pixel of width goes to it.
  const compact = !isPhone && /^\/(automations|runs|agents)\/./.test(pathname);
  const inWorkspace = useAccount().data?.workspace !== undefined;
  useEffect(() => {
    // Who is in no workspace has nothing to hear.
    if (!inWorkspace) return;
    liveSocket();
    whenClosedByServer(checkAccount);
    return disconnect;
  }, [inWorkspace]);
  // The link that led here is gone with its page: the keyboard goes on at the top of this one.
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    if (document.activeElement === document.body) focusMain();
  }, [pathname]);
  return (
    <AppShell
      layout="alt"
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: compact ? 64 : 224, breakpoint: 'sm', collapsed: { mobile: !opened } }}
    >
      <SkipLink />
      <AppShell.Header hiddenFrom="sm" px="md">
        <Group h="100%" justify="space-between">
          <Logo />
          <Group gap="xs">
            {inWorkspace && isPhone && <NotificationsBell onNavigate={close} />}
            <Burger opened={opened} onClick={toggle} size="sm" aria-label={t(shellText.menu)} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" className="hx-navbar">
        <Stack h="100%" gap="md">
          <Group justify="space-between" px={compact ? 7 : 'xs'} pt={6}>
            <Logo name={!compact} />
            {inWorkspace && !isPhone && !compact && <NotificationsBell onNavigate={close} />}
            <Burger
              hiddenFrom="sm"
              opened={opened}
              onClick={toggle}
              size="sm"
              aria-label={t(shellText.menu)}
            />
          </Group>
          {inWorkspace && !isPhone && compact && <NotificationsBell onNavigate={close} />}
          <WorkspaceSwitch compact={compact} onSwitch={close} />
          {!inWorkspace ? null : compact ? (
            <Tooltip label={`${t(shellText.search)} (Ctrl K)`} position="right">
              <ActionIcon size={38} flex="none" aria-label={t(shellText.search)} onClick={openSpotlight}>
                <IconSearch size={18} />
              </ActionIcon>
            </Tooltip>
          ) : (
            <Button
              variant="default"
              leftSection={<IconSearch size={16} />}
              rightSection={<Kbd size="xs">Ctrl K</Kbd>}
              onClick={openSpotlight}
              fw={400}
              px="sm"
              flex="none"
              styles={{ label: { flex: 1 } }}
            >
              <Text size="sm" c="dimmed">
                {t(shellText.search)}
              </Text>
            </Button>
          )}
          {/* It scrolls where the window is low: who is signed in, and the way out, stay in sight. */}
          <Box flex={1} mih={0} style={{ overflowY: 'auto' }}>
            {inWorkspace && <Navigation onNavigate={close} compact={compact} />}
          </Box>
          <UserMenu compact={compact} onNavigate={close} />
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main {...{ id: mainId, tabIndex: -1 }} className={classes.main}>
        <OfflineBanner />
        <ErrorBoundary key={pathname}>
          <Outlet />
        </ErrorBoundary>
      </AppShell.Main>
      {inWorkspace && <CommandSearch />}
    </AppShell>
  );
}
