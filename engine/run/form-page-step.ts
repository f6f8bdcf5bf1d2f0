/** Shows the next page of a form and waits until somebody has sent it. */
import type { z } from 'zod';
import type { formPageNode } from '../../contracts/catalogue/form-page.ts';
import type { Resolved } from '../../contracts/expression.ts';
import { readFormFields } from '../../contracts/form-fields.ts';
import { createBudget } from '../expressions/index.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { timeFrom } from '../nodes/wait.ts';
import { announcer } from './announcer.ts';
import type { RunContext } from './run-context.ts';
import type { Step } from './run-state.ts';
import type { StepResult } from './step-result.ts';
import { scopeOf } from './step-scope.ts';
import { waitForCall } from './wait-step.ts';

type Parameters = Resolved<z.output<typeof formPageNode.parameters>>;

export async function formPageStep(node: CompiledNode, step: Step, context: RunContext): Promise<StepResult> {
  const parameters = node.parameters.read(() => scopeOf(step, context), createBudget()) as Parameters;
  const { title, description, button, limitWait, limitAmount, limitUnit } = parameters;
  const announce = announcer(node, step, context);
  if (limitWait) step.deadline ??= timeFrom(context.ports.now(), limitAmount, limitUnit);
  context.reporter.stepStarted(step, 'waiting');
  if (!step.announced) {
    const fields = readFormFields(parameters.fields);
    await announce({ kind: 'form.opened', page: { title, description, fields, button } });
    step.announced = true;
  }
  const result = await waitForCall(node, step, context);
  await announce({ kind: 'form.closed' });
  return result;
}
