import type { Logger } from 'pino';
import type { Bus } from '../../contracts/bus.ts';
import type { AnswerStreams } from '../../contracts/chat/stream.ts';
import type { EffectActivity } from '../../contracts/effect.ts';
import type { Database } from '../../db/index.ts';
import type { KnowledgeSearch, ModelGateway } from '../../models/index.ts';
import type { RunDeps } from '../../runs/run-deps.ts';
import type { FileSettings } from '../files/files-of-step.ts';

/** What the activities of agents work with. */
export interface AgentDeps {
  db: Database;
  log: Logger;
  models: ModelGateway;
  knowledge: KnowledgeSearch;
  /** The way into answers of conversations. Unset on workers that serve none. */
  answers?: AnswerStreams | undefined;
  /** Who looks at a conversation hears by it that a run is paused. */
  bus?: Bus | undefined;
  /** Where uploaded files are. Unset: none can be read. */
  files: FileSettings | undefined;
  /** For the events of their ends. */
  runs?: RunDeps | undefined;
  /** Effects that tools are made of, with all that they do around a call: time limit, masks, retries. */
  effects: Record<'http-request' | 'code' | 'web-fetch' | 'mcp-call', EffectActivity>;
}
