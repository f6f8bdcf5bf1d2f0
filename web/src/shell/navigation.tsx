/** The side bar's entries. A feature adds its line here when it is there, not before. */
import { Badge, NavLink as MantineNavLink, Stack, Tooltip } from '@mantine/core';
import {
  IconBolt,
  IconBroadcast,
  IconClock,
  IconHome,
  IconListDetails,
  IconSettings,
  IconTable,
  IconUserCheck,
  type TablerIcon,
} from '@tabler/icons-react';
import { NavLink, useLocation } from 'react-router';
import type { Text } from '../../../contracts/text.ts';
import { useApprovalCount, useLiveApprovals } from '../api/approvals.ts';
import { useT } from '../i18n/language.ts';
import { shellText } from '../i18n/shell.ts';
import { tablesText } from '../i18n/tables.ts';

export const destinations: readonly { to: string; label: Text; icon: TablerIcon }[] = [
  { to: '/', label: shellText.home, icon: IconHome },
  { to: '/automations', label: shellText.automations, icon: IconBolt },
  { to: '/runs', label: shellText.runs, icon: IconListDetails },
  { to: '/approvals', label: shellText.approvals, icon: IconUserCheck },
  { to: '/schedules', label: shellText.schedules, icon: IconClock },
  { to: '/events', label: shellText.events, icon: IconBroadcast },
  { to: '/tables', label: tablesText.title, icon: IconTable },
  { to: '/settings', label: shellText.settings, icon: IconSettings },
];

/** `compact`: icons only. */
export function Navigation({ onNavigate, compact }: { onNavigate(): void; compact: boolean }) {
  const t = useT();
  const { pathname } = useLocation();
  return (
    <Stack gap={2} component="nav" aria-label={t(shellText.navigation)}>
      {destinations.map(({ to, label, icon: Icon }) => (
        <Tooltip key={to} label={t(label)} position="right" disabled={!compact}>
          <MantineNavLink
            component={NavLink}
            to={to}
            label={compact ? undefined : t(label)}
            aria-label={t(label)}
            leftSection={<Icon size={19} stroke={1.7} />}
            rightSection={to === '/approvals' && !compact ? <ToDecide /> : undefined}
            active={to === '/' ? pathname === '/' : pathname.startsWith(to)}
            onClick={onNavigate}
            styles={{
              root: { borderRadius: 'var(--mantine-radius-md)' },
              section: compact ? { marginInlineEnd: 0 } : {},
              label: { fontSize: 'var(--mantine-font-size-sm)', fontWeight: 500 },
            }}
          />
        </Tooltip>
      ))}
    </Stack>
  );
}

/** How many approvals wait for the person: live, so that nobody has to look. */
function ToDecide() {
  const t = useT();
  const { data } = useApprovalCount();
  useLiveApprovals();
  if (!data || data.open === 0) return null;
  return (
    <Badge size="sm" circle={data.open < 10} aria-label={t(shellText.toDecide, { count: data.open })}>
      {data.open < 100 ? data.open : '99+'}
    </Badge>
  );
}
