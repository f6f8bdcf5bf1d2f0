/** The activity of polling triggers, with every source there is. A new one is one file here and one line below. */
import type { Logger } from 'pino';
import type { RunDeps } from '../../runs/run-deps.ts';
import type { Effect } from '../effect.ts';
import { createHttpSource } from './http-source.ts';
import { createImapSource, type ImapDeps } from './imap-source.ts';
import { createPoll } from './poll.ts';
import { createRssSource } from './rss-source.ts';

/** @param http what the HTTP request node does */
export function createAskForNew(
  { runs, log, ...imap }: ImapDeps & { runs?: RunDeps | undefined; log: Logger },
  http: Effect,
) {
  if (!runs)
    return async () => {
      throw new Error('This worker can not start runs: it has no client of Temporal.');
    };
  return createPoll({
    runs,
    log,
    sources: {
      'poll-trigger': createHttpSource(http),
      'rss-trigger': createRssSource(http),
      'imap-trigger': createImapSource(imap),
    },
  });
}
