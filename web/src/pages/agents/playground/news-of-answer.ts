/**
 * Changes with everything in an answer that its run has more to say about: a step that began, a tool call in another state, its end.
 * Words alone change nothing.
 */
import type { Message } from '../../../../../contracts/api/conversations.ts';

export function newsOfAnswer({ state, parts }: Pick<Message, 'state' | 'parts'>): string {
  const calls = parts.flatMap((part) => (part.type === 'tool' ? [`${part.call}=${part.state}`] : []));
  const step = parts.reduce((latest, { by }) => Math.max(latest, by?.step ?? -1), -1);
  return [state, step, ...calls].join(' ');
}
