import { Badge } from '@mantine/core';
import {
  IconCircleCheckFilled,
  IconCircleMinus,
  IconCircleXFilled,
  IconClockX,
  IconHourglassHigh,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ApprovalState } from '../../../../contracts/approvals.ts';
import { approvalStateText } from '../../i18n/approvals.ts';
import { useT } from '../../i18n/language.ts';

const looks: Record<ApprovalState, { color: string; icon: TablerIcon }> = {
  open: { color: 'yellow', icon: IconHourglassHigh },
  approved: { color: 'green', icon: IconCircleCheckFilled },
  rejected: { color: 'red', icon: IconCircleXFilled },
  expired: { color: 'gray', icon: IconClockX },
  cancelled: { color: 'orange', icon: IconCircleMinus },
};

/** The state of an approval, or what somebody decided. */
export function ApprovalBadge({ state }: { state: ApprovalState }) {
  const t = useT();
  const { color, icon: Icon } = looks[state];
  return (
    <Badge
      variant="light"
      color={color}
      leftSection={<Icon size={13} aria-hidden />}
      data-state={state}
      tt="none"
      fw={600}
      style={{ flexShrink: 0 }}
    >
      {t(approvalStateText[state])}
    </Badge>
  );
}
