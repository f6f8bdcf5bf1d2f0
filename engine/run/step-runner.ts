/** What running one step means, by kind of node. Whatever goes wrong is the step's result: nothing here rejects. */
import { createBudget } from '../expressions/index.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { descend, type Traced, untraced } from '../items/traced.ts';
import { joinNodes, listNodes } from '../nodes/index.ts';
import { buildResponse } from '../nodes/respond.ts';
import { agentStep } from './agent-step.ts';
import { approvalStep } from './approval-step.ts';
import { childStep } from './child-step.ts';
import { computeStep } from './compute-step.ts';
import { effectStep } from './effect-step.ts';
import { failedStep } from './failed-step.ts';
import { formPageStep } from './form-page-step.ts';
import { listStep } from './list-step.ts';
import { passOn } from './pass-on.ts';
import { fetchResumeLinks } from './resume-links.ts';
import type { RunContext } from './run-context.ts';
import { itemsOf, type Step } from './run-state.ts';
import { emit, type StepResult } from './step-result.ts';
import { scopeOf } from './step-scope.ts';
import { waitStep } from './wait-step.ts';

/** Output that needs no work: of triggers, disabled nodes and pinned ones. */
export function givenOutput(node: CompiledNode, step: Step, context: RunContext): StepResult | undefined {
  const { reporter, start } = context;
  const pinned = node.disabled ? undefined : start.pinnedData?.[node.id];
  const items = pinned ? pinned.map(untraced) : itemsOf(step);
  if (!pinned && !node.disabled && node.role !== 'trigger') return undefined;
  reporter.stepStarted(step, 'running');
  const port = node.outputs[0] ?? 'main';
  const outputs = new Map([
    [port, items.map((traced) => descend(traced.item, [traced], node.id, node.remembered))],
  ]);
  return { kind: node.disabled ? 'skipped' : 'succeeded', outputs };
}

/** Steps that only compute end at once, unless they need more than one workflow task. */
export function runStep(
  node: CompiledNode,
  step: Step,
  context: RunContext,
): StepResult | Promise<StepResult> {
  const failed = (error: unknown): StepResult =>
    context.ports.isCancellation(error) ? { kind: 'cancelled', error } : failedStep(node, step, error);
  try {
    const result = startNode(node, step, context);
    return result instanceof Promise ? result.catch(failed) : result;
  } catch (error) {
    return failed(error);
  }
}

function startNode(node: CompiledNode, step: Step, context: RunContext): StepResult | Promise<StepResult> {
  if (node.links.length > 0 && !step.links) return startWithLinks(node, step, context);
  if (node.type === 'wait') return waitStep(node, step, context);
  if (node.type === 'approval') return approvalStep(node, step, context);
  if (node.type === 'form-page') return formPageStep(node, step, context);
  context.reporter.stepStarted(step, 'running');
  if (node.type === 'respond') return respondStep(node, step, context);
  const scope = scopeOf(step, context);
  if (node.type === 'agent') return agentStep(node, step, scope, context);
  if (node.type === 'sub-automation') return childStep(node, step, scope, context);
  if (node.role === 'effect') return effectStep(node, step, scope, context);
  const list = listNodes[node.type];
  if (list) return listStep(node, list, step, scope, context);
  return computeStep(node, itemsOf(step), scope, context);
}

async function startWithLinks(node: CompiledNode, step: Step, context: RunContext): Promise<StepResult> {
  step.links = await fetchResumeLinks(node, step, context);
  return await startNode(node, step, context);
}

/** A step of a node that joins its inputs, once they may go on. */
export function joinStep(node: CompiledNode, step: Step, context: RunContext): StepResult {
  context.reporter.stepStarted(step, 'running');
  try {
    const parameters = node.parameters.read(() => scopeOf(step, context), createBudget());
    const inputs = node.inputs.map(
      (port) => step.inputs.find((arrival) => arrival.port === port)?.items ?? [],
    );
    const { maxItems } = context.graph.settings;
    const outputs = new Map(node.outputs.map((port): [string, Traced[]] => [port, []]));
    for (const { port, item, parents } of joinNodes[node.type]!({ inputs, parameters, maxItems }))
      emit(outputs, port, descend(item, parents, node.id, node.remembered));
    return { kind: 'succeeded', outputs };
  } catch (error) {
    return failedStep(node, step, error);
  }
}

function respondStep(node: CompiledNode, step: Step, context: RunContext): StepResult {
  const parameters = node.parameters.read(() => scopeOf(step, context), createBudget());
  const items = itemsOf(step).map(({ item }) => item);
  const response = buildResponse(parameters as Parameters<typeof buildResponse>[0], items);
  return { kind: 'succeeded', outputs: passOn(node, step), response };
}
