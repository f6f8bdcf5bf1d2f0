/** The one look of a state, everywhere: colour, icon and word. */
import { Badge, type MantineSize } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDotted,
  IconCircleMinus,
  IconHourglassHigh,
  IconLoader2,
  IconPlayerSkipForwardFilled,
  type TablerIcon,
} from '@tabler/icons-react';
import type { State } from '../../../contracts/states.ts';
import { useT } from '../i18n/language.ts';
import { stateText } from '../i18n/states.ts';

export const stateLooks: Record<State, { color: string; icon: TablerIcon }> = {
  waiting: { color: 'yellow', icon: IconHourglassHigh },
  queued: { color: 'gray', icon: IconCircleDotted },
  running: { color: 'blue', icon: IconLoader2 },
  succeeded: { color: 'green', icon: IconCircleCheckFilled },
  failed: { color: 'red', icon: IconAlertTriangleFilled },
  cancelled: { color: 'orange', icon: IconCircleMinus },
  skipped: { color: 'gray', icon: IconPlayerSkipForwardFilled },
};

export function StateIcon({ state, size = 16 }: { state: State; size?: number }) {
  const { icon: Icon, color } = stateLooks[state];
  return (
    <Icon
      aria-hidden
      size={size}
      className={state === 'running' ? 'hx-spin' : undefined}
      style={{ flex: 'none' }}
      color={`var(--mantine-color-${color}-text)`}
    />
  );
}

export function StateBadge({
  state,
  label,
  size = 'md',
  testId,
}: {
  state: State;
  /** Where it has a word of its own. */
  label?: string | undefined;
  size?: MantineSize;
  testId?: string;
}) {
  const t = useT();
  return (
    <Badge
      variant="light"
      size={size}
      color={stateLooks[state].color}
      leftSection={<StateIcon state={state} size={13} />}
      data-state={state}
      data-testid={testId}
      tt="none"
      fw={600}
      style={{ flexShrink: 0, maxWidth: 'none' }}
    >
      {label ?? t(stateText[state])}
    </Badge>
  );
}
