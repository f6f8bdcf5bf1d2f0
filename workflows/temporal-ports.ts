/**
 * The engine's ports on Temporal: effects are activities, sleeps are timers, events go through a sink.
 *
 * A repeatable effect is tried as a local activity first (4–8 ms against 16 and more): it shares the workflow task, so a crash
 * before the task ends makes it run again — with the same idempotency key. Slow ones (over `localMs`) and failed ones that may be
 * retried go on as a normal activity. Everything else is a normal activity from the start.
 */
import {
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  patched,
  proxyActivities,
  proxyLocalActivities,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { Announcement } from '../contracts/announcement.ts';
import type { EffectActivity, EffectInput, EffectResult } from '../contracts/effect.ts';
import type { RunFlow } from '../contracts/flow.ts';
import type { Graph } from '../contracts/graph.ts';
import type { RecordedStep, Rerun } from '../contracts/rerun.ts';
import type { RunInput } from '../contracts/run.ts';
import type { StepAddress } from '../contracts/step-address.ts';
import type { MentionedVariables, RunVariables } from '../contracts/variables.ts';
import type { ResumeLink } from '../engine/graph/resume-link.ts';
import { effects } from '../engine/nodes/effects.ts';
import type { EffectCall, EnginePorts } from '../engine/run/engine-ports.ts';
import { ChildRuns } from './child-runs.ts';
import type { RunInbox } from './run-inbox.ts';
import type { RunRecord } from './run-record.ts';
import { asEngineFailure, causeOf, stepFailure, timedOut } from './step-failures.ts';

/** How long an effect may run as a local activity. */
const localMs = 2_000;

/** Local activities since the last one that Temporal has surely stored: more than this are not risked to a crash. */
const maxUncommitted = 10;

/**
 * Items with which a call is a normal activity at once. More of them can hardly be written, sealed, opened and read within `localMs`:
 * it would all be done twice, the first time inside the workflow task, which then may take longer than Temporal allows it.
 */
const mostLocalItems = 1_000;

/** A dead worker is noticed after this long without a heartbeat. */
const heartbeatMs = 10_000;

type EffectActivities = Record<string, EffectActivity>;

const { loadVersion, loadVariables, loadFlow, signResumeLink } = proxyLocalActivities<
  Pick<Activities, 'loadVersion' | 'loadVariables' | 'loadFlow' | 'signResumeLink'>
>({ startToCloseTimeout: '10s' });

const { recordedSteps } = proxyActivities<Pick<Activities, 'recordedSteps'>>({
  startToCloseTimeout: '60s',
  summary: 'Steps of the former run',
});

/**
 * An activity that does nothing: its start ends the workflow task, so everything before it is stored. A timer of a millisecond would
 * do the same, but servers fire timers up to a second late.
 */
const { checkpoint } = proxyActivities<Pick<Activities, 'checkpoint'>>({
  startToCloseTimeout: '10s',
});

/** @throws EngineFailure when the version is not there, or a cancellation. */
export async function loadGraph(input: RunInput): Promise<Graph> {
  try {
    return await loadVersion(input.version.id, input.workspace);
  } catch (error) {
    throw asEngineFailure(error);
  }
}

/** What the database throws is tried again until it answers. @throws EngineFailure, or a cancellation. */
export async function loadRunVariables(
  workspace: string,
  mentioned: MentionedVariables,
): Promise<RunVariables> {
  try {
    return await loadVariables(workspace, mentioned);
  } catch (error) {
    throw asEngineFailure(error);
  }
}

/** Undefined when the workspace limits nothing. @throws EngineFailure, or a cancellation. */
export async function loadRunFlow(workspace: string): Promise<RunFlow | undefined> {
  try {
    return (await loadFlow(workspace)) ?? undefined;
  } catch (error) {
    throw asEngineFailure(error);
  }
}

/**
 * The former run's steps, page by page. Normal activities: each page ends its task, which keeps what one task has to store small.
 * @throws EngineFailure `outputs-gone`, or a cancellation.
 */
export async function loadRecordedSteps(
  { workspace }: RunInput,
  { of, anew, input }: Rerun,
): Promise<RecordedStep[]> {
  const steps: RecordedStep[] = [];
  if (!of) return steps;
  try {
    let after: number | undefined;
    do {
      const page = await recordedSteps({ workspace, ...of, anew, inputOf: input?.node, after });
      steps.push(...page.steps);
      after = page.next;
    } while (after !== undefined);
    return steps;
  } catch (error) {
    throw asEngineFailure(error);
  }
}

export function temporalPorts(input: RunInput, record: RunRecord, inbox: RunInbox): EnginePorts {
  let inFlight = new CancellationScope();
  let uncommitted = 0;
  // Made when the first one is called: scopes and promises cost every run that has none.
  let children: ChildRuns | undefined;
  const ofChildren = () => {
    children ??= new ChildRuns(input);
    return children;
  };
  const endTask = async (): Promise<void> => {
    uncommitted = 0;
    await checkpoint();
  };
  return {
    now: () => Date.now(),
    emit: (event) => record.add(event),
    isCancellation,
    yield: endTask,
    shouldContinueAsNew: () => workflowInfo().continueAsNewSuggested,
    // Servers fire timers up to a second late: what is due already is not put to one.
    sleepUntil: async (due, label) => {
      const rest = due - Date.now();
      if (rest > 0) await inFlight.run(() => sleep(rest, { summary: label }));
    },
    waitFor: async (bell, due, label) => {
      const rest = due === undefined ? undefined : due - Date.now();
      if (rest !== undefined && rest <= 0) return 'due';
      return await inFlight.run(() => firstOf(bell, rest, label));
    },
    onMessage: (listener) => inbox.listen(listener),
    announce: (announcement) => inFlight.run(() => announced(announcement)),
    signLink: (link, step) => inFlight.run(() => signed(link, step)),
    children: {
      resolve: (automation, label) => ofChildren().resolve(automation, label),
      start: (call) => ofChildren().start(call),
      startAgent: (call) => ofChildren().startAgent(call),
      end: (child) => ofChildren().end(child),
    },
    cancelInFlight: (reason) => {
      children?.cancel(reason);
      inFlight.cancel();
      inFlight = new CancellationScope();
    },
    runEffect: async (asked) => {
      const call = withItemsIfRead(asked);
      const isLocal = call.repeatable && !isLarge(call);
      if (isLocal && uncommitted >= maxUncommitted) await inFlight.run(endTask);
      if (isLocal) uncommitted += 1;
      else uncommitted = 0;
      return await inFlight.run(() => (isLocal ? runLocally(call) : runRemotely(call, call.input)));
    },
  };
}

async function announced(announcement: Announcement): Promise<void> {
  try {
    const { announce } = proxyActivities<Pick<Activities, 'announce'>>({
      startToCloseTimeout: '60s',
      retry: { maximumInterval: '60s' },
      summary: `${announcement.step.nodeName}: ${announcement.kind}`,
    });
    await announce(announcement);
  } catch (error) {
    throw asEngineFailure(error);
  }
}

async function signed(link: ResumeLink, step: StepAddress): Promise<string> {
  try {
    return await signResumeLink(link, step);
  } catch (error) {
    throw asEngineFailure(error);
  }
}

/** A bell or a timer, which ends with it. */
async function firstOf(
  bell: Promise<void>,
  rest: number | undefined,
  label: string,
): Promise<'rung' | 'due'> {
  const scope = new CancellationScope();
  const timer = () =>
    rest === undefined ? scope.cancelRequested : sleep(rest, { summary: label }).then(() => 'due' as const);
  try {
    return await scope.run(() => Promise.race([bell.then(() => 'rung' as const), timer()]));
  } finally {
    scope.cancel();
  }
}

function withItemsIfRead(call: EffectCall): EffectCall {
  const reads = effects[call.type]?.readsItems?.(call.input.parameters) ?? true;
  return reads ? call : { ...call, input: { ...call.input, items: [] } };
}

/** Patched: runs from before go on as they began. The mark is made where it makes a difference only; other runs don't carry it. */
function isLarge({ repeatable, input }: EffectCall): boolean {
  const named = Object.values(input.nodes ?? {});
  const items = named.reduce((sum, { length }) => sum + length, input.items.length);
  return repeatable && items > mostLocalItems && patched('many-items-remotely');
}

async function runLocally(call: EffectCall): Promise<EffectResult> {
  const { input } = call;
  try {
    const activities = proxyLocalActivities<EffectActivities>({
      startToCloseTimeout: Math.min(localMs, input.timeoutMs),
      retry: { maximumAttempts: 1 },
    });
    return await activities[call.type]!(input);
  } catch (error) {
    if (interrupted(error) || (timedOut(error) && input.timeoutMs > localMs))
      return await runRemotely(call, input);
    const failed = stepFailure(error);
    if (!failed?.retryable) throw asEngineFailure(error);
    await sleep(Math.max(1, failed.retryAfterMs ?? input.retry.initialIntervalMs), {
      summary: `${call.label}: retry`,
    });
    const retry = { ...input.retry, maxAttempts: input.retry.maxAttempts - 1 };
    const result = await runRemotely(call, { ...input, retry }, 1);
    return { ...result, attempts: (result.attempts ?? 1) + 1 };
  }
}

async function runRemotely(call: EffectCall, input: EffectInput, attemptsBefore = 0): Promise<EffectResult> {
  try {
    const activities = proxyActivities<EffectActivities>({
      taskQueue: effects[call.type]?.queue ?? workflowInfo().taskQueue,
      summary: call.label,
      startToCloseTimeout: input.timeoutMs + 5_000,
      heartbeatTimeout: heartbeatMs,
      // The activity itself stops at its policy's last attempt; a worker that died must never use up an attempt.
      retry: {
        initialInterval: input.retry.initialIntervalMs,
        backoffCoefficient: input.retry.backoff,
        maximumInterval: input.retry.maxIntervalMs,
      },
      cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    });
    return await activities[call.type]!(input);
  } catch (error) {
    throw asEngineFailure(error, attemptsBefore);
  }
}

/** The worker was told to stop while it ran the activity: another one takes over. */
function interrupted(error: unknown): boolean {
  const cause = causeOf(error);
  return cause instanceof ApplicationFailure && cause.type === 'WorkerShutdown';
}
