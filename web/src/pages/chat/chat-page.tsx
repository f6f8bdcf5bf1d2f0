/** Conversations at the left, the chosen one (or whom to begin one with) at the right; on phones one of the two. */
import { useEffect } from 'react';
import { useParams } from 'react-router';
import { useLiveConversations } from '../../api/chat-socket.ts';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import classes from './chat-page.module.css';
import { ConversationList } from './conversation-list.tsx';
import { ConversationView } from './conversation-view.tsx';
import { NewConversation } from './new-conversation.tsx';

export function ChatPage() {
  const t = useT();
  const { id } = useParams();
  useLiveConversations();
  useEffect(() => {
    if (id === undefined) document.title = `${t(chatText.title)} · Hiviex`;
  }, [id, t]);
  return (
    <div className={classes.page} data-open={id !== undefined || undefined}>
      <aside className={classes.list} aria-label={t(chatText.conversations)}>
        <ConversationList chosen={id} />
      </aside>
      <div className={classes.content}>
        {id === undefined ? <NewConversation /> : <ConversationView key={id} id={id} />}
      </div>
    </div>
  );
}
