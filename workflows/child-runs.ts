/**
 * The runs that a run calls, as Temporal child workflows.
 *
 * Temporal ties a child to one execution of its caller: one that continues as new loses it, and with any other policy than ABANDON
 * ends it. So children are abandoned, and what Temporal would have done is done here: a run that ends cancels those it waits for, and
 * an execution that takes over asks to be told of their ends (decision 019).
 */
import {
  CancellationScope,
  CancelledFailure,
  type ChildWorkflowHandle,
  defineSignal,
  getExternalWorkflowHandle,
  isCancellation,
  proxyLocalActivities,
  setHandler,
  sleep,
  startChild,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import {
  type AgentRunInput,
  type AgentRunResult,
  agentRunWorkflow,
  agentWorkflowIdOf,
  itemsOfAgentRun,
} from '../contracts/agents/run.ts';
import { type ChildEnd, type ChildRef, childEndedSignal } from '../contracts/child-run.ts';
import type { Item } from '../contracts/item.ts';
import {
  automationWorkflow,
  priorities,
  queues,
  type RunInput,
  type RunResult,
  workflowIdOf,
} from '../contracts/run.ts';
import type { AgentCall, ChildCall, ChildPorts } from '../engine/run/engine-ports.ts';
import { endOfChild } from './child-end.ts';
import { asEngineFailure } from './step-failures.ts';

type RunWorkflow = (input: RunInput) => Promise<RunResult>;
type AgentWorkflow = (input: AgentRunInput) => Promise<AgentRunResult>;

/** How long a run that took over trusts that it will be told. */
const askAgainMs = 3_600_000;

const { resolveAutomation, watchRun } = proxyLocalActivities<
  Pick<Activities, 'resolveAutomation' | 'watchRun'>
>({ startToCloseTimeout: '10s' });

const childEnded = defineSignal<[string]>(childEndedSignal);

export class ChildRuns implements ChildPorts {
  private readonly caller: RunInput;
  /** Children that are waited for: cancelling it cancels them. */
  private readonly waitedFor = new CancellationScope();
  /** Waiting for what an earlier execution started. */
  private readonly watching = new CancellationScope();
  private readonly handles = new Map<string, ChildWorkflowHandle<RunWorkflow>>();
  private readonly agents = new Map<string, ChildWorkflowHandle<AgentWorkflow>>();
  private readonly bells = new Map<string, () => void>();
  private handingOver = false;
  private readonly handedOver: Promise<never>;
  private handOver: () => void = () => {};

  constructor(caller: RunInput) {
    this.caller = caller;
    this.handedOver = new Promise((_, reject) => {
      this.handOver = () => reject(new CancelledFailure('The next execution waits for it'));
    });
    this.handedOver.catch(() => undefined);
  }

  /** The engine ends what is under way: for good, or to go on in the next execution. */
  cancel(reason: 'end' | 'hand-over'): void {
    this.handingOver = reason === 'hand-over';
    if (reason === 'end') this.waitedFor.cancel();
    else this.handOver();
    this.watching.cancel();
  }

  async resolve(automation: string, label: string) {
    const { workspace, automation: mine, callers = [] } = this.caller;
    try {
      return await resolveAutomation({ workspace, automation, callers: [...callers, mine.id], node: label });
    } catch (error) {
      throw asEngineFailure(error);
    }
  }

  async start(call: ChildCall): Promise<ChildRef> {
    const run = `c${uuid4().replaceAll('-', '')}`;
    const { workspace } = this.caller;
    const { automation, priority } = call.target;
    const workflowId = workflowIdOf({ workspace, automation: automation.id, run });
    const scope = call.waits ? this.waitedFor : new CancellationScope({ cancellable: false });
    try {
      const handle = await scope.run(() =>
        startChild<RunWorkflow>(automationWorkflow, {
          args: [this.inputOf(run, call)],
          workflowId,
          taskQueue: queues.automations,
          parentClosePolicy: 'ABANDON',
          cancellationType: 'WAIT_CANCELLATION_COMPLETED',
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          priority: { priorityKey: priority ?? priorities['sub-automation'] },
          searchAttributes: {
            Workspace: [workspace],
            Automation: [automation.id],
            RunKind: ['sub-automation'],
          },
          staticSummary: `${cut(automation.name)} · ${cut(call.label)}`,
        }),
      );
      if (call.waits) this.handles.set(run, handle);
      return { run, workflowId };
    } catch (error) {
      throw asEngineFailure(error);
    }
  }

  async startAgent({ agent, message, node, index, label }: AgentCall): Promise<ChildRef> {
    const run = `a${uuid4().replaceAll('-', '')}`;
    const { workspace, run: caller, automation, callers = [] } = this.caller;
    const workflowId = agentWorkflowIdOf({ workspace, agent, run });
    const input: AgentRunInput = {
      ...{ run, workspace, agent: { id: agent, name: label }, version: { id: '', number: 0 } },
      ...{ trigger: 'automation', messages: [{ role: 'user', content: message }] },
      parent: { kind: 'automation', run: caller, step: `${node}:${index}` },
      automations: [...callers, automation.id],
    };
    try {
      const handle = await this.waitedFor.run(() =>
        startChild<AgentWorkflow>(agentRunWorkflow, {
          args: [input],
          workflowId,
          taskQueue: queues.agents,
          parentClosePolicy: 'ABANDON',
          cancellationType: 'WAIT_CANCELLATION_COMPLETED',
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          priority: { priorityKey: priorities['sub-automation'] },
          searchAttributes: { Workspace: [workspace], Agent: [agent], RunKind: ['agent'] },
          staticSummary: `${cut(automation.name)} · ${cut(label)}`,
        }),
      );
      this.agents.set(run, handle);
      return { run, workflowId };
    } catch (error) {
      throw asEngineFailure(error);
    }
  }

  async end(child: ChildRef): Promise<ChildEnd> {
    const handle = this.handles.get(child.run);
    const agent = this.agents.get(child.run);
    const end = handle
      ? this.resultOf(handle.result().then(({ items = [] }) => items))
      : agent
        ? this.resultOf(agent.result().then((result) => itemsOfAgentRun(child.run, result)))
        : this.watching.run(() => this.watch(child));
    return await Promise.race([end, this.handedOver]);
  }

  private inputOf(run: string, { target, items, node, index, waits }: ChildCall): RunInput {
    const { workspace, automation, callers = [], run: caller, flow } = this.caller;
    const { workflowId } = workflowInfo();
    return {
      run,
      workspace,
      automation: target.automation,
      version: target.version,
      trigger: { kind: 'sub-automation', node: target.node },
      items,
      variables: target.variables && { load: target.variables },
      caller: { run: caller, workflowId, node, index, waits },
      callers: [...callers, automation.id],
      flow,
    };
  }

  private async resultOf(given: Promise<Item[]>): Promise<ChildEnd> {
    try {
      return { kind: 'succeeded', items: await given };
    } catch (error) {
      if (this.waitedFor.consideredCancelled) throw new CancelledFailure('The run that called was cancelled');
      return endOfChild(error);
    }
  }

  /** Of a child that an earlier execution started: the records tell when it has ended. */
  private async watch({ run, workflowId }: ChildRef): Promise<ChildEnd> {
    const { workspace } = this.caller;
    const watcher = workflowInfo().workflowId;
    if (this.bells.size === 0) setHandler(childEnded, (ended) => this.bells.get(ended)?.());
    try {
      for (;;) {
        const rung = new Promise<void>((resolve) => this.bells.set(run, resolve));
        const end = await watchRun({ workspace, run, workflowId, watcher });
        if (end) return end;
        await firstOf(rung, askAgainMs);
      }
    } catch (error) {
      if (!isCancellation(error)) throw asEngineFailure(error);
      if (!this.handingOver) await cancelFromOutside(workflowId);
      throw error;
    } finally {
      this.bells.delete(run);
    }
  }
}

/** It may have ended already, which is as good. */
async function cancelFromOutside(workflowId: string): Promise<void> {
  await CancellationScope.nonCancellable(() =>
    getExternalWorkflowHandle(workflowId)
      .cancel()
      .catch(() => undefined),
  );
}

async function firstOf(bell: Promise<void>, ms: number): Promise<void> {
  const scope = new CancellationScope();
  try {
    await scope.run(() => Promise.race([bell, sleep(ms, { summary: 'Waiting for a run it called' })]));
  } finally {
    scope.cancel();
  }
}

function cut(name: string): string {
  return name.length > 45 ? `${name.slice(0, 44)}…` : name;
}
