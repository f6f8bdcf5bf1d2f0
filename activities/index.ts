/**
 * The Temporal activities, by activity type. Workflows import the type only (`import type { Activities }`).
 *
 *     const activities = createActivities({ db, log, guard });
 *     const worker = await Worker.create({ activities, … });
 *     await worker.run();
 *     await activities[Symbol.asyncDispose]();
 */
import type { Logger } from 'pino';
import type { AnswerStreams } from '../contracts/chat/stream.ts';
import type { EffectActivity } from '../contracts/effect.ts';
import type { IngestActivities } from '../contracts/knowledge/ingest.ts';
import type { PollInput } from '../contracts/polls.ts';
import type { Database } from '../db/index.ts';
import { createKnowledgeSearch, createModelGateway } from '../models/index.ts';
import type { Guard } from '../outbound/guard/index.ts';
import type { RunDeps } from '../runs/run-deps.ts';
import { createVersionGraphs } from '../runs/version-graphs.ts';
import { type AgentActivities, createAgentActivities } from './agents/agent-activities.ts';
import { createMcpCallEffect } from './agents/mcp-call.ts';
import { createWebFetchEffect } from './agents/web-fetch.ts';
import { type Announce, createAnnounce } from './announcements/announce.ts';
import type { AnnouncementDeps } from './announcements/announcement-deps.ts';
import { createSignResumeLink, type SignResumeLink } from './announcements/sign-resume-link.ts';
import { type BulkActivities, createBulkActivities } from './bulk/bulk-page.ts';
import { type ChatActivities, createChatActivities } from './chat/chat-activities.ts';
import { createCredentialValues } from './credentials/credential-values.ts';
import { createCredentialResolver } from './credentials/resolve-credential.ts';
import { defaultMaxResultBytes, type EffectSettings } from './effect.ts';
import { effectActivity } from './effect-activity.ts';
import { type EffectName, effectFactories } from './effects.ts';
import type { FileSettings } from './files/files-of-step.ts';
import { createGateActivities, type GateActivities } from './gates/gate-activities.ts';
import {
  createKnowledgeIndexActivities,
  type KnowledgeIndexActivities,
} from './knowledge/index-activities.ts';
import { createIngestActivities } from './knowledge/ingest-activities.ts';
import { createMcpCalls, type McpSettings } from './mcp/mcp-calls.ts';
import { createAskForNew } from './polls/ask-for-new.ts';
import type { PollResult } from './polls/poll.ts';
import { createLoadRecordedSteps, type LoadRecordedSteps } from './reruns/recorded-steps.ts';
import { createLoadFlow, type LoadFlow } from './runs/load-flow.ts';
import { createResolveAutomation, type ResolveAutomation } from './runs/resolve-automation.ts';
import { createSlotActivities, type SlotActivities } from './runs/slots.ts';
import { createWatchRun, type WatchRun } from './runs/watch-run.ts';
import { createTransformPool } from './transforms/transform-pool.ts';
import { createLoadVariables, type LoadVariables } from './variables/load-variables.ts';
import { createRevealVariables } from './variables/with-secret-variables.ts';
import { createLoadVersion, type LoadVersion } from './versions/load-version.ts';

export type Activities = Record<EffectName, EffectActivity> &
  SlotActivities &
  GateActivities &
  AgentActivities &
  ChatActivities &
  KnowledgeIndexActivities &
  IngestActivities & {
    loadVersion: LoadVersion;
    loadVariables: LoadVariables;
    loadFlow: LoadFlow;
    recordedSteps: LoadRecordedSteps;
    announce: Announce;
    signResumeLink: SignResumeLink;
    bulkPage: BulkActivities['bulkPage'];
    bulkState: BulkActivities['bulkState'];
    resolveAutomation: ResolveAutomation;
    watchRun: WatchRun;
    /** Does nothing: scheduling it ends the workflow task, which stores everything the run did before. */
    checkpoint: () => Promise<void>;
    askForNew: (input: PollInput) => Promise<PollResult>;
  };

export interface ActivityDependencies {
  /** For `loadVersion`, credentials and variables. */
  db?: Database | undefined;
  log: Logger;
  /** For activities that start, ask or signal runs. Unset on workers that have none of those. */
  runs?: RunDeps | undefined;
  /** The way to every URL that a builder gives. Whoever made it closes it, after the activities. */
  guard: Guard;
  /** How people are told of waits: approvals, form pages, resume links. Unset on workers that serve no automations. */
  announcements?: AnnouncementDeps | undefined;
  /** The way into the answers of conversations. Left out: agents answer into records only, and no conversation is served. */
  answers?: AnswerStreams | undefined;
  /** Where files of runs are kept. Left out: steps with files fail. */
  files?: FileSettings | undefined;
  /** Programs that may be used as MCP servers, and where they work. Left out: none. */
  mcp?: McpSettings | undefined;
  /** The largest result of a step as JSON, in bytes. Default 32,000,000. */
  maxResultBytes?: number | undefined;
}

/**
 * Threads are started when first used and ended by `Symbol.asyncDispose`; a symbol, so that the worker, which
 * registers every named member, does not take it for an activity.
 */
export function createActivities(deps: ActivityDependencies): Activities & AsyncDisposable {
  const maxResultBytes = deps.maxResultBytes ?? defaultMaxResultBytes;
  const names = Object.keys(effectFactories) as EffectName[];
  const { db, guard, files } = deps;
  const transforms = createTransformPool();
  const models = db && createModelGateway({ db, guard, log: deps.log });
  const knowledge = db && models && createKnowledgeSearch({ db, models, log: deps.log });
  const credentials = createCredentialResolver({ db, guard });
  const mcp = createMcpCalls({
    db,
    guard,
    credentials,
    settings: deps.mcp ?? { commands: {}, dataDir: '.hiviex' },
  });
  const settings: EffectSettings = {
    ...{ maxResultBytes, guard, transforms, db, models, knowledge, credentials, mcp },
    ...{ runs: deps.runs, answers: deps.answers, store: files?.store },
    credentialValues: createCredentialValues(db),
  };
  const effects = names.map((name) => ({
    name,
    effect: effectFactories[name](settings),
  }));
  const webFetch = createWebFetchEffect(settings);
  const revealVariables = db && createRevealVariables(db);
  const byType = Object.fromEntries(
    effects.map(({ name, effect }) => [
      name,
      effectActivity(name, effect, { log: deps.log, maxResultBytes, revealVariables, files }),
    ]),
  ) as Record<EffectName, EffectActivity>;
  const agents = createAgentActivities(
    db &&
      models &&
      knowledge && {
        ...{ db, models, knowledge, log: deps.log, runs: deps.runs, files },
        answers: deps.answers,
        bus: deps.announcements?.bus,
        effects: {
          'http-request': byType['http-request'],
          code: byType.code,
          'web-fetch': effectActivity('web-fetch', webFetch, { log: deps.log, maxResultBytes, files }),
          'mcp-call': effectActivity('mcp-call', createMcpCallEffect({ db, mcp, files }), {
            ...{ log: deps.log, maxResultBytes, files },
          }),
        },
      },
  );
  const chat = createChatActivities(
    db &&
      deps.answers &&
      models && {
        ...{ db, models, log: deps.log, answers: deps.answers },
        ...{ bus: deps.announcements?.bus, runs: deps.runs },
      },
  );
  return {
    ...byType,
    loadVersion: createLoadVersion(db),
    loadVariables: createLoadVariables(db),
    loadFlow: createLoadFlow(db),
    recordedSteps: createLoadRecordedSteps(db, deps.runs),
    announce: createAnnounce(deps.announcements),
    signResumeLink: createSignResumeLink(deps.announcements),
    ...createBulkActivities(deps.runs),
    resolveAutomation: createResolveAutomation(
      deps.runs && { runs: deps.runs, graphs: createVersionGraphs(deps.runs.db) },
    ),
    watchRun: createWatchRun(deps.runs),
    ...createSlotActivities(deps.runs),
    ...createGateActivities(deps.runs),
    ...agents,
    ...chat,
    ...createKnowledgeIndexActivities(db && models && { db, models }),
    ...createIngestActivities(db && files && { db, store: files.store, guard, transforms }),
    checkpoint: async () => {},
    askForNew: createAskForNew(
      { ...deps, credentialValues: settings.credentialValues },
      effects.find(({ name }) => name === 'http-request')!.effect,
    ),
    async [Symbol.asyncDispose]() {
      await Promise.all(effects.map(({ effect }) => effect.close?.()));
      await mcp.close();
      await transforms.close();
    },
  };
}
