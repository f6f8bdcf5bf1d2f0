/** The activities of a conversation. A turn that was taken must end: those that begin and end an answer are tried until they work. */
import {
  type LocalActivityOptions,
  patched,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';

const { beginAnswer } = proxyActivities<Pick<Activities, 'beginAnswer'>>({
  ...{ startToCloseTimeout: '30s', cancellationType: 'TRY_CANCEL', summary: 'Read the conversation' },
  retry: { maximumInterval: '10s' },
});

export const { endAnswer } = proxyActivities<Pick<Activities, 'endAnswer'>>({
  ...{ startToCloseTimeout: '30s', summary: 'End the answer' },
  retry: { maximumInterval: '10s' },
});

/** A conversation without a title is one all the same. */
export const { titleConversation } = proxyActivities<Pick<Activities, 'titleConversation'>>({
  ...{ startToCloseTimeout: '60s', summary: 'Find a title' },
  retry: { maximumAttempts: 2 },
});

type Turns = Pick<Activities, 'beginAnswer' | 'endAnswer'>;
const untilItWorks: LocalActivityOptions = { startToCloseTimeout: '30s', retry: { maximumInterval: '10s' } };
const locally = proxyLocalActivities<Turns>(untilItWorks);

/**
 * A person waits: as local activities they take no workflow task of their own. Patched: answers that began before go on as they
 * began.
 */
export function turnActivities(): Turns {
  return patched('answers-locally') ? locally : { beginAnswer, endAnswer };
}
