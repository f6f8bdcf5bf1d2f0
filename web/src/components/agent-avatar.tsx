/** An agent's face: its picture, or its initials in a colour of its own. */
import { Avatar } from '@mantine/core';
import { apiRoot } from '../api/client.ts';

export interface AgentAvatarProps {
  name: string;
  /** Id of the file. */
  avatar?: string | null | undefined;
  size?: number;
}

export function AgentAvatar({ name, avatar, size = 36 }: AgentAvatarProps) {
  const picture = avatar ? `${apiRoot}/files/${encodeURIComponent(avatar)}/content?thumbnail=true` : null;
  return (
    <Avatar
      src={picture}
      name={name.replace(/[^\p{L}\p{N}\s]/gu, '').trim() || name}
      alt=""
      color="initials"
      radius="md"
      size={size}
      aria-hidden
    />
  );
}
