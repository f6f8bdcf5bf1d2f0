/** Icons of the kinds of credential, named one by one as those of nodes are. */
import {
  IconBucket,
  IconDatabase,
  IconInbox,
  IconKey,
  IconListDetails,
  IconMail,
  IconShieldLock,
  IconSignature,
  IconSparkles,
  IconTicket,
  IconTopologyStar3,
  IconUserSquare,
  type TablerIcon,
} from '@tabler/icons-react';
import { findCredentialType } from '../../../../../contracts/credentials/index.ts';

const icons: Record<string, TablerIcon> = {
  Bucket: IconBucket,
  Database: IconDatabase,
  Key: IconKey,
  ListDetails: IconListDetails,
  Inbox: IconInbox,
  Mail: IconMail,
  ShieldLock: IconShieldLock,
  Signature: IconSignature,
  Sparkles: IconSparkles,
  Ticket: IconTicket,
  TopologyStar3: IconTopologyStar3,
  UserSquare: IconUserSquare,
};

export function CredentialIcon({ type, size = 32 }: { type: string; size?: number }) {
  const Icon = icons[findCredentialType(type)?.icon ?? ''] ?? IconKey;
  return (
    <span
      aria-hidden
      className="hx-node-icon"
      style={{
        width: size,
        height: size,
        background: 'var(--mantine-color-gray-light)',
        color: 'var(--mantine-color-gray-light-color)',
      }}
    >
      <Icon size={Math.round(size * 0.58)} stroke={1.7} />
    </span>
  );
}
