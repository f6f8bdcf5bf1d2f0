/** A node that waits: for a time, or for what is said to the run. */
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import { addresses, type RunMessage } from '../../contracts/run-message.ts';
import { createBudget } from '../expressions/index.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { descend, paired, type Traced } from '../items/traced.ts';
import { dueTime, timeFrom, type WaitParameters } from '../nodes/wait.ts';
import { awaitEvent } from './await-event.ts';
import { awaitMessage } from './await-message.ts';
import { EngineFailure } from './engine-failure.ts';
import { passOn } from './pass-on.ts';
import type { RunContext } from './run-context.ts';
import { itemsOf, type Step } from './run-state.ts';
import type { StepResult } from './step-result.ts';
import { scopeOf } from './step-scope.ts';

export async function waitStep(node: CompiledNode, step: Step, context: RunContext): Promise<StepResult> {
  const parameters = node.parameters.read(() => scopeOf(step, context), createBudget()) as WaitParameters;
  if (parameters.mode === 'duration' || parameters.mode === 'until')
    return await waitForTime(node, step, parameters, context);
  return await waitForMessage(node, step, parameters, context);
}

async function waitForTime(
  node: CompiledNode,
  step: Step,
  parameters: WaitParameters,
  { ports, graph, reporter }: RunContext,
): Promise<StepResult> {
  step.due ??= dueTime(parameters, ports.now(), graph.settings.timezone);
  reporter.stepStarted(step, 'waiting');
  await ports.sleepUntil(step.due, node.name);
  return { kind: 'succeeded', outputs: passOn(node, step) };
}

async function waitForMessage(
  node: CompiledNode,
  step: Step,
  parameters: WaitParameters,
  context: RunContext,
): Promise<StepResult> {
  const { limitWait, limitAmount, limitUnit } = parameters;
  if (limitWait) step.deadline ??= timeFrom(context.ports.now(), limitAmount, limitUnit);
  const to = addressOf(node, step, parameters);
  context.reporter.stepStarted(step, 'waiting');
  const wait = () => waitFor(to, node, step, context);
  return parameters.mode === 'event' ? await awaitEvent(node, step, parameters, context, wait) : await wait();
}

/** Until the step's resume link was called, or its deadline. */
export async function waitForCall(node: CompiledNode, step: Step, context: RunContext): Promise<StepResult> {
  return await waitFor(addresses.step(node.id, step.index), node, step, context);
}

async function waitFor(to: string, node: CompiledNode, step: Step, context: RunContext): Promise<StepResult> {
  const message = await awaitMessage(step, { to, due: step.deadline, label: node.name }, context);
  if (!message) return { kind: 'succeeded', outputs: passOn(node, step, 'timeout') };
  const { binary } = message;
  const came = { json: jsonOf(message), ...(binary && { binary }) };
  const item = descend(paired(came, 0), itemsOf(step), node.id, node.remembered);
  return { kind: 'succeeded', outputs: new Map<string, Traced[]>([['main', [item]]]) };
}

function addressOf(node: CompiledNode, step: Step, { mode, signal }: WaitParameters): string {
  if (mode === 'webhook' || mode === 'event') return addresses.step(node.id, step.index);
  if (signal !== '') return addresses.signal(signal);
  throw new EngineFailure({
    code: 'wrong-type',
    message: 'The signal to wait for has no name.',
    hint: 'Give it one; an expression must not give an empty text.',
  });
}

/** A call arrives as the item it is to become; a signal is told with its sender. */
function jsonOf({ body, by, to }: RunMessage): JsonObject {
  if (to.startsWith('step:')) return isObject(body) ? body : { value: body };
  return { signal: to.slice(addresses.signal('').length), body, ...(by && { by: { ...by } }) };
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
