/** The picture of an agent, or the sign of an automation. */
import { Avatar } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { AgentAvatar } from '../../components/agent-avatar.tsx';
import type { Partner } from './partner.ts';

export function PartnerFace({ partner, size = 38 }: { partner: Partner; size?: number }) {
  if (partner.kind === 'agent') return <AgentAvatar {...partner} size={size} />;
  return (
    <Avatar radius="md" size={size} color="gray" aria-hidden>
      <IconBolt size={size * 0.55} stroke={1.6} />
    </Avatar>
  );
}
