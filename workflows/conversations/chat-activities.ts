/** The activities of a conversation. A turn that was taken must end: those that begin and end an answer are tried until they work. */
import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities/index.ts';

export const { beginAnswer } = proxyActivities<Pick<Activities, 'beginAnswer'>>({
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
