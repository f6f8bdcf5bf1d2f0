/** With whom one talks; for who may edit it, the way to its page. */
import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { Conversation } from '../../../../contracts/api/conversations.ts';
import { useLevel } from '../../api/levels.ts';
import { useCan } from '../../api/session.ts';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';

export function PartnerLink({ partner: { kind, id, name } }: { partner: Conversation['with'] }) {
  const t = useT();
  const action = `${kind}.edit` as const;
  const isByRole = useCan(action);
  // A grant is asked for only where it may change the answer.
  const level = useLevel(kind, id, !isByRole && name !== '');
  const mayEdit = useCan(action, { type: kind, level });
  const said = t(chatText.with, { name: name || t(chatText.gone) });
  if (!mayEdit || name === '') return <>{said}</>;
  return (
    <Anchor
      component={Link}
      to={`/${kind}s/${id}`}
      c="dimmed"
      size="xs"
      title={t(chatText.editPartner, { name })}
      data-testid="partner-link"
    >
      {said}
    </Anchor>
  );
}
