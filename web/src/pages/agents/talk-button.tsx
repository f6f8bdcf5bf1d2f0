/** The way to a new conversation with an agent that is published. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { Link } from 'react-router';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';

export function TalkButton({ agent, name }: { agent: string; name: string }) {
  const t = useT();
  const label = t(chatText.talk, { name });
  return (
    <Tooltip label={label}>
      <ActionIcon
        component={Link}
        to={`/chat?with=${encodeURIComponent(agent)}`}
        size="lg"
        aria-label={label}
        data-testid="talk"
      >
        <IconMessages size={18} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
