/** What becomes of a tool call: in the record of the run, and in the answer that shows it. */
import type { AgentStepState } from '../../contracts/agents/run.ts';
import type { ToolCallInput, ToolCallNews } from '../../contracts/agents/work.ts';
import type { Citation } from '../../contracts/chat/message.ts';
import { AnswerFenced } from '../../contracts/chat/stream.ts';
import type { Failure } from '../../contracts/run.ts';
import { approvalIdOf } from '../../db/index.ts';
import type { AgentDeps } from './agent-deps.ts';

/** Characters of a result that an answer shows. */
const preview = 4_000;

type Call = Pick<ToolCallInput | ToolCallNews, 'workspace' | 'run' | 'step' | 'call' | 'written' | 'target'> &
  ({ tool: { kind: string; name: string } } | { kind: string; name: string });

export interface ToolCallState {
  state: AgentStepState;
  attempt: number;
  /** Whole. */
  result?: string | undefined;
  failure?: Failure | undefined;
  citations?: Citation[] | undefined;
  /** It asks: the approval's id follows from the call. */
  asks?: boolean | undefined;
  child?: string | undefined;
}

export async function tellToolCall(
  { db, answers }: Pick<AgentDeps, 'db' | 'answers'>,
  call: Call,
  { state, attempt, result, failure, citations, asks, child }: ToolCallState,
): Promise<void> {
  const { workspace, run, step, written, target } = call;
  const { kind, name } = 'tool' in call ? call.tool : call;
  const approval = asks ? approvalIdOf({ run, node: call.call, index: step }) : undefined;
  await db.inWorkspace(workspace, ({ agentRuns }) =>
    agentRuns.step({
      ...{ run, step, call: call.call, kind, name, state, attempt, arguments: written },
      ...{ result, failure, approval, child },
    }),
  );
  if (!target || !answers) return;
  try {
    const stream = await answers.open(workspace, target, { run, step, attempt, call: call.call });
    stream.tool({
      ...{ call: call.call, name, arguments: written, state },
      ...(result !== undefined && { result: result.slice(0, preview) }),
      ...(failure && { failure }),
      ...(citations && { citations }),
      ...(approval !== undefined && { approval }),
    });
    await stream.close();
  } catch (error) {
    // The answer has ended: the record has it, and there is nobody left to show it to.
    if (!(error instanceof AnswerFenced)) throw error;
  }
}

/** As the model reads it. */
export function failureText({ message, hint }: Failure): string {
  return hint === undefined ? `It failed: ${message}` : `It failed: ${message} ${hint}`;
}
