import type { Logger } from 'pino';
import type { Bus } from '../../contracts/bus.ts';
import type { AnswerStreams } from '../../contracts/chat/stream.ts';
import type { Database } from '../../db/index.ts';
import type { ModelGateway } from '../../models/index.ts';
import type { RunDeps } from '../../runs/run-deps.ts';

/** What the activities of conversations work with. */
export interface ChatDeps {
  db: Database;
  log: Logger;
  models: ModelGateway;
  answers: AnswerStreams;
  /** Tells browsers that a conversation has changed. Left out: they see it when they look. */
  bus?: Bus | undefined;
  /** Tells events of answers at once. Left out: the sweep of events does. */
  runs?: RunDeps | undefined;
}
