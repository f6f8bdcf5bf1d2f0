/** Said plainly wherever the sandbox answered: it is no AI, and here is how to get one. */
import { Anchor, Group, Text } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { AnsweredBy } from '../../../../contracts/models/chat.ts';
import { sandboxId } from '../../../../contracts/models/provider.ts';
import { useCan } from '../../api/session.ts';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';

export function SandboxNote({ by }: { by: Pick<AnsweredBy, 'provider'> | undefined }) {
  const t = useT();
  const mayAdd = useCan('model.manage');
  if (by?.provider !== sandboxId) return null;
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" c="dimmed" data-testid="sandbox-note">
      <IconFlask size={15} aria-hidden style={{ flex: 'none', marginTop: 3 }} />
      <Text size="sm">
        {t(chatText.sandbox)}{' '}
        {mayAdd && (
          <Anchor component={Link} to="/models?add=first" size="sm">
            {t(chatText.addModel)}
          </Anchor>
        )}
      </Text>
    </Group>
  );
}
