/** The side bar's entries. */
import { Badge, NavLink as MantineNavLink, Stack, Text, Tooltip } from '@mantine/core';
import { NavLink, useLocation } from 'react-router';
import { useApprovalCount, useLiveApprovals } from '../api/approvals.ts';
import { useAccount } from '../api/session.ts';
import { useT } from '../i18n/language.ts';
import { shellText } from '../i18n/shell.ts';
import { type Destination, destinationGroups } from './destinations.ts';

interface NavigationProps {
  /** Icons only. */
  compact: boolean;
  onNavigate(): void;
}

export function Navigation({ onNavigate, compact }: NavigationProps) {
  const t = useT();
  const may: readonly string[] = useAccount().data?.actions ?? [];
  return (
    <Stack gap={compact ? 2 : 'xs'} component="nav" aria-label={t(shellText.navigation)}>
      {destinationGroups.map(({ label, destinations }) => (
        <Stack gap={2} key={destinations[0]?.to}>
          {label && !compact && (
            <Text size="xs" fw={600} c="dimmed" px="sm" mt={4}>
              {t(label)}
            </Text>
          )}
          {destinations
            .filter(({ needs }) => needs === undefined || may.includes(needs))
            .map((destination) => (
              <Entry key={destination.to} {...destination} compact={compact} onNavigate={onNavigate} />
            ))}
        </Stack>
      ))}
    </Stack>
  );
}

function Entry({ to, label, icon: Icon, compact, onNavigate }: Destination & NavigationProps) {
  const t = useT();
  const { pathname } = useLocation();
  return (
    <Tooltip label={t(label)} position="right" disabled={!compact}>
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
