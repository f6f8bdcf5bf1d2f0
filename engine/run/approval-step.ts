/**
 * Asks people and waits for what they decide. The run counts the votes, reminds and keeps the deadlines; what people see is told by
 * announcements, each of which can be made again after a crash.
 */
import { decision as decisionSchema } from '../../contracts/approvals.ts';
import { addresses, type RunMessage } from '../../contracts/run-message.ts';
import { createBudget } from '../expressions/index.ts';
import type { CompiledNode } from '../graph/compile-graph.ts';
import { descend, paired, type Traced } from '../items/traced.ts';
import {
  type ApprovalParameters,
  approvalJson,
  namedApprovers,
  questionOf,
  type Verdict,
  verdictOf,
} from '../nodes/approval.ts';
import { timeFrom } from '../nodes/wait.ts';
import { announcer } from './announcer.ts';
import { awaitMessage } from './await-message.ts';
import type { RunContext } from './run-context.ts';
import { type ApprovalProgress, itemsOf, type Step } from './run-state.ts';
import type { StepResult } from './step-result.ts';
import { scopeOf } from './step-scope.ts';

export async function approvalStep(node: CompiledNode, step: Step, context: RunContext): Promise<StepResult> {
  const parameters = node.parameters.read(() => scopeOf(step, context), createBudget()) as ApprovalParameters;
  const items = itemsOf(step);
  const question = questionOf(
    parameters,
    items.map(({ item }) => item),
  );
  const { ports, reporter } = context;
  const announce = announcer(node, step, context);
  const progress = begin(step, parameters, ports.now());
  reporter.stepStarted(step, 'waiting');
  if (!progress.opened) {
    await announce({ kind: 'approval.opened', question: { ...question, due: step.deadline } });
    progress.opened = true;
  }
  const verdict = await decide();
  await announce({ kind: 'approval.closed', state: verdict.of });
  const approval = approvalJson(verdict.of, progress.decisions, verdict.byDeadline);
  const port = verdict.of === 'expired' ? 'timeout' : verdict.of;
  const outputs = items.map(({ item, ancestors }, index) =>
    descend(
      paired({ ...item, json: { ...item.json, approval } }, index),
      [{ item, ancestors }],
      node.id,
      node.remembered,
    ),
  );
  return { kind: 'succeeded', outputs: new Map<string, Traced[]>([[port, outputs]]) };

  async function decide(): Promise<{ of: Verdict; byDeadline: boolean }> {
    const to = addresses.step(node.id, step.index);
    for (;;) {
      const of = verdictOf(question, progress.decisions);
      if (of) return { of, byDeadline: false };
      const message = await awaitMessage(step, { to, due: nextDue(step), label: node.name }, context);
      if (message) await hear(message);
      else if (isDue(step, ports.now())) {
        const last = await passDeadline();
        if (last) return { of: last, byDeadline: true };
      } else await remind();
    }
  }

  async function hear(message: RunMessage): Promise<void> {
    const { data } = decisionSchema.safeParse(message.body);
    if (!data || progress.decisions.some(({ approver }) => approver === data.approver)) return;
    progress.decisions.push({ ...data, at: ports.now() });
    await announce({ kind: 'approval.decided', decision: data });
  }

  async function remind(): Promise<void> {
    progress.reminders += 1;
    progress.remindAt = timeFrom(ports.now(), parameters.remindAmount, parameters.remindUnit);
    await announce({ kind: 'approval.reminded', times: progress.reminders });
  }

  /** @returns how it ends; undefined: others are asked, and it goes on */
  async function passDeadline(): Promise<Verdict | undefined> {
    const { onDeadline, afterEscalation } = parameters;
    if (onDeadline !== 'escalate' || progress.escalated)
      return verdictAtDeadline(onDeadline === 'escalate' ? afterEscalation : onDeadline);
    progress.escalated = true;
    step.deadline = timeFrom(ports.now(), parameters.limitAmount, parameters.limitUnit);
    const approvers = namedApprovers(parameters.escalateTo);
    await announce({ kind: 'approval.escalated', approvers, due: step.deadline });
    return undefined;
  }
}

function begin(step: Step, parameters: ApprovalParameters, now: number): ApprovalProgress {
  if (step.approval) return step.approval;
  const { limitWait, limitAmount, limitUnit, mail, remind, remindAmount, remindUnit } = parameters;
  if (limitWait) step.deadline = timeFrom(now, limitAmount, limitUnit);
  const progress: ApprovalProgress = { decisions: [], reminders: 0 };
  // Reminders without a pause would be one endless mail.
  if (mail && remind && Number(remindAmount) > 0) progress.remindAt = timeFrom(now, remindAmount, remindUnit);
  step.approval = progress;
  return progress;
}

function nextDue({ deadline, approval }: Step): number | undefined {
  const times = [deadline, approval?.remindAt].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

function isDue({ deadline }: Step, now: number): boolean {
  return deadline !== undefined && now >= deadline;
}

function verdictAtDeadline(outcome: 'timeout' | 'approve' | 'reject'): Verdict {
  return outcome === 'timeout' ? 'expired' : outcome === 'approve' ? 'approved' : 'rejected';
}
