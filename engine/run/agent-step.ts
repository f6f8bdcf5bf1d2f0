/** Gives an agent a task, once per item, and waits for its answer. */
import type { AgentNodeParameters } from '../../contracts/catalogue/agent.ts';
import type { ChildEnd } from '../../contracts/child-run.ts';
import type { Resolved } from '../../contracts/expression.ts';
import type { Failure } from '../../contracts/run.ts';
import { createBudget, type ExpressionScope } from '../expressions/index.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { EngineFailure } from './engine-failure.ts';
import { runCalls } from './run-calls.ts';
import type { RunContext } from './run-context.ts';
import type { ItemResult, Step } from './run-state.ts';
import type { StepResult } from './step-result.ts';

export async function agentStep(
  node: CompiledNode,
  step: Step,
  scope: ExpressionScope,
  context: RunContext,
): Promise<StepResult> {
  const { children } = context.ports;
  const read = (position: number) =>
    node.parameters.read(() => scope.forItem(position), createBudget()) as Resolved<AgentNodeParameters>;
  return await runCalls(node, step, context, {
    of: 'perItem',
    concurrency: read(0).concurrency,
    async start(position) {
      const { agent, message } = read(position);
      const task = String(message);
      if (task.trim() === '') throw nothingToDo();
      return await children.startAgent({
        ...{ agent, message: task, node: node.id, index: step.index, label: node.name },
      });
    },
    result: async (child) => resultOf(node.name, child.run, await children.end(child, node.name)),
  });
}

function resultOf(name: string, run: string, end: ChildEnd): ItemResult {
  if (end.kind === 'succeeded') return { kind: 'items', items: end.items, attempts: 1 };
  const failure: Failure =
    end.kind === 'cancelled'
      ? {
          code: 'agent-cancelled',
          message: `The agent that "${name}" asked was stopped before its end.`,
          hint: 'Start this run again when it may go on.',
          details: { run },
        }
      : {
          code: 'agent-failed',
          message: `The agent that "${name}" asked failed: ${end.failure.message}`,
          hint: end.failure.hint ?? 'Look at the steps of its run.',
          details: { run, code: end.failure.code },
        };
  return { kind: 'failed', failure, attempts: 1 };
}

function nothingToDo(): EngineFailure {
  return new EngineFailure({
    code: 'no-task',
    message: 'There is no task for the agent: the text is empty.',
    hint: 'Look at the preview of the task: an expression may have come out empty.',
  });
}
