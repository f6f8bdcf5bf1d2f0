/** Whom one may talk to. */
import type { Answerer } from '../../../../contracts/chat/conversation.ts';

export interface Partner {
  kind: Answerer['kind'];
  id: string;
  name: string;
  description: string;
  starters: readonly string[];
  /** Id of the picture's file. */
  avatar?: string | undefined;
}
