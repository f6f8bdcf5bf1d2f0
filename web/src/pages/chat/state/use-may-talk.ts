import { useAccount } from '../../../api/session.ts';

/** Whether the person may write in conversations, by what the server says that they may do. */
export function useMayTalk(): boolean {
  const actions: readonly string[] = useAccount().data?.actions ?? [];
  return actions.includes('chat.write');
}
