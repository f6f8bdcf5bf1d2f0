/** Ends a wait from outside, once: by a call of its resume link, or a form page that was sent. */
import { addresses, type MessageSender, type RunMessage } from '../contracts/run-message.ts';
import { isTerminal } from '../contracts/states.ts';
import type { StepAddress } from '../contracts/step-address.ts';
import { messageRun } from './message-run.ts';
import { newRunId } from './new-run-id.ts';
import type { RunDeps } from './run-deps.ts';

/** `used`: somebody was first. `over`: the wait ended without anybody, at its limit. `ended`: the whole run has. */
export type ResumeResult = 'resumed' | 'used' | 'over' | 'ended';

/** @throws ServiceError when Temporal can't be reached: the link works again after some seconds */
export async function resumeStep(
  deps: Pick<RunDeps, 'db' | 'temporal'>,
  to: StepAddress,
  said: Pick<RunMessage, 'body' | 'binary'>,
  by: MessageSender,
): Promise<ResumeResult> {
  const { workspace, run, automation, node, index } = to;
  const gone = await whyGone(deps, to);
  if (gone) return gone;
  const inWorkspace = deps.db.inWorkspace;
  const delivery = newRunId();
  if (!(await inWorkspace(workspace, ({ resumptions }) => resumptions.claim(to, delivery)))) return 'used';
  const address = addresses.step(node, index);
  // One id for all deliveries: should two get here, the run hears the first.
  const message = { id: `resume:${address}`, to: address, ...said, by };
  const sent = await messageRun(deps, { workspace, run, automation }, message);
  if (sent !== 'sent') {
    await inWorkspace(workspace, ({ resumptions }) => resumptions.release(to, delivery));
    return 'ended';
  }
  await inWorkspace(workspace, ({ resumptions }) => resumptions.settle(to, delivery));
  return 'resumed';
}

/** Why a link resumes nothing any more; undefined: it does, as far as is recorded. */
export async function whyGone(
  { db }: Pick<RunDeps, 'db'>,
  to: StepAddress,
): Promise<Exclude<ResumeResult, 'resumed'> | undefined> {
  return await db.inWorkspace(to.workspace, async ({ runs, steps, resumptions }) => {
    if (await resumptions.isTaken(to)) return 'used';
    const [run, step] = [await runs.get(to.run), await steps.stateOf(to.run, to.node, to.index)];
    if (step !== undefined && isTerminal(step)) return step === 'cancelled' ? 'ended' : 'over';
    // A run that is not recorded yet is a young one.
    return run && isTerminal(run.state) ? 'ended' : undefined;
  });
}
