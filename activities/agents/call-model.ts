/**
 * One call to the model of an agent's run. Its text reaches the answer of a conversation as it comes; history gets the whole, once.
 *
 * Which model answers, and how often each is asked, is the gateway's (models/). What is tried again here is a call in which no model
 * answered, or one whose answer broke off: it begins anew under a later attempt, which takes away what the earlier one had written.
 */
import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { AgentRunPartial } from '../../contracts/agents/run.ts';
import type { ModelCallInput, ModelCallResult } from '../../contracts/agents/work.ts';
import { longestNote, steeredNote } from '../../contracts/chat/message.ts';
import { AnswerFenced, type AnswerStream } from '../../contracts/chat/stream.ts';
import { stepFailureType } from '../../contracts/effect.ts';
import { parseModelChoice } from '../../contracts/models/chain.ts';
import type { ChatAnswer, ChatDelta, ChatRequest } from '../../contracts/models/chat.ts';
import { noUsage } from '../../contracts/models/usage.ts';
import type { Failure } from '../../contracts/run.ts';
import { contentHash } from '../../db/index.ts';
import { sumOfCalls } from '../../engine/agents/limits.ts';
import { askForJson, type GatewayCall, ModelError, rules } from '../../models/index.ts';
import { startHeartbeat } from '../heartbeat.ts';
import { createShowAttachments } from '../models/attachments.ts';
import type { AgentDeps } from './agent-deps.ts';
import { createSpeaker } from './speaker.ts';

/** @throws ApplicationFailure with a `Failure` and an `AgentRunPartial`; CancelledFailure */
export type CallModel = (input: ModelCallInput) => Promise<ModelCallResult>;

/** A person may be waiting: after these it is better to say what is wrong. */
const mostAttempts = 4;
/** Milliseconds that one who looks at the answer is left without a word. Work that nobody looks at may wait for a model's rest. */
const longestPauseMs = { watched: 20_000, unwatched: 15 * 60_000 };

export function createCallModel({ db, log, models, answers, bus, files }: AgentDeps): CallModel {
  const showAttachments = createShowAttachments({ db, files });
  return async (input) => {
    const activity = Context.current();
    const { info, cancellationSignal } = activity;
    const { workspace, run, step, target, purpose } = input;
    const stopHeartbeat = startHeartbeat(activity);
    const write = (facts: Partial<Parameters<typeof stepOf>[1]>) =>
      db.inWorkspace(workspace, ({ agentRuns }) =>
        agentRuns.step({ ...stepOf(input, { state: 'running', ...facts }), attempt: info.attempt }),
      );
    const isFollowed = bus && input.followed && purpose === 'turn';
    const speaker = isFollowed
      ? createSpeaker(bus, { workspace, run, step, attempt: info.attempt })
      : undefined;
    let stream: AnswerStream | undefined;
    let said = '';
    try {
      const isSeen = target !== undefined && purpose === 'turn';
      [stream] = await Promise.all([
        isSeen ? answers?.open(workspace, target, { run, step, attempt: info.attempt }) : undefined,
        write({}),
      ]);
      for (const text of input.steered ?? [])
        stream?.note({ code: steeredNote, text: text.slice(0, longestNote) });
      const onDelta = (delta: ChatDelta) => {
        if (delta.kind === 'tool-call') return;
        if (delta.kind === 'text') {
          said += delta.text;
          speaker?.say(delta.text);
        }
        stream?.[delta.kind](delta.text);
      };
      const signals = stream ? [cancellationSignal, stream.signal] : [cancellationSignal];
      const signal = AbortSignal.any(signals);
      const result = await ask(input, signal, onDelta);
      // What was answered before comes without deltas.
      if (said === '' && result.answer.text !== '') {
        stream?.text(result.answer.text);
        speaker?.say(result.answer.text);
      }
      for (const { id, name, arguments: written } of result.answer.toolCalls)
        stream?.tool({ call: id, name, arguments: written, state: 'running' });
      await stream?.close();
      const { answer } = result;
      await write({ state: 'succeeded', answer });
      return result;
    } catch (error) {
      await stream?.close().catch(() => undefined);
      if (cancellationSignal.aborted) return stoppedOr(cancellationSignal, error, write);
      if (error instanceof AnswerFenced || stream?.signal.aborted)
        throw failed({ code: 'answer-over', message: 'Another attempt gives this answer, or it has ended.' });
      if (!(error instanceof ModelError)) throw error;
      const { onward, hint } = rules[error.kind];
      const failure: Failure = { code: `model-${error.kind}`, message: error.message, hint: hint.en };
      const againMs = error.retryAfterMs ?? 1_000 * 2 ** (info.attempt - 1);
      const patience = target ? longestPauseMs.watched : longestPauseMs.unwatched;
      const isFinal = onward !== 'again' || info.attempt >= mostAttempts || againMs > patience;
      log.debug({ run, step, failure: failure.code, isFinal }, 'A model did not answer');
      if (isFinal) await write({ state: 'failed', failure });
      throw failed(failure, {
        attempt: info.attempt,
        partial: partialOf(error, said),
        ...(!isFinal && { againMs }),
      });
    } finally {
      stopHeartbeat();
      speaker?.close();
    }
  };

  async function ask(
    input: ModelCallInput,
    signal: AbortSignal,
    onDelta: (delta: ChatDelta) => void,
  ): Promise<ModelCallResult> {
    const { workspace, run, agent, step, purpose, model, messages, tools, temperature, maxTokens } = input;
    const request: ChatRequest = {
      messages,
      ...(tools.length > 0 && purpose === 'turn' && { tools }),
      ...(temperature !== undefined && { temperature }),
      ...(maxTokens !== undefined && { maxTokens }),
    };
    const call: GatewayCall = {
      ...{ workspace, signal, choice: parseModelChoice(model) ?? { kind: 'default' } },
      key: `${run}:${step}:${purpose}:${contentHash({ request, model, schema: input.schema }).slice(0, 16)}`,
      owner: { run, agent, member: input.member },
    };
    // By the key it is the same question: the files of a message never change.
    const shown = { ...request, messages: await showAttachments(workspace, messages) };
    if (input.schema === undefined) return { answer: await models.chat(call, shown, onDelta) };
    const { value, answer, answers } = await askForJson(models, call, shown, {
      name: 'result',
      schema: input.schema,
    });
    return { output: value, answer: { ...answer, ...sumOfCalls(answers) } };
  }
}

/** A person ended it: what had come is the answer. A worker that shuts down cancels too, and another one takes over. */
async function stoppedOr(
  signal: AbortSignal,
  error: unknown,
  write: (facts: { state: 'succeeded'; answer: ChatAnswer }) => Promise<void>,
): Promise<ModelCallResult> {
  const { reason } = signal;
  if (reason instanceof CancelledFailure && reason.message === 'WORKER_SHUTDOWN')
    throw ApplicationFailure.create({
      type: 'WorkerShutdown',
      message: 'The worker shut down while the model answered; it is asked again by another one.',
      nonRetryable: false,
    });
  const partial = error instanceof ModelError ? error.partial : undefined;
  const answer: ChatAnswer = {
    ...{ text: partial?.text ?? '', reasoning: partial?.reasoning ?? '', toolCalls: [], finish: 'stop' },
    ...{ usage: partial?.usage ?? noUsage, cost: null, by: { provider: '', providerName: '', model: '' } },
  };
  await write({ state: 'succeeded', answer });
  return { answer, stopped: true };
}

function stepOf(
  { run, step, purpose, model }: ModelCallInput,
  {
    state,
    answer,
    failure,
  }: {
    state: 'running' | 'succeeded' | 'failed';
    answer?: ChatAnswer | undefined;
    failure?: Failure | undefined;
  },
) {
  return {
    ...{ run, step, call: '', state, failure },
    kind: purpose === 'summary' ? 'summary' : 'model',
    name: answer?.by.model || model,
    ...(answer && { result: answer.text, usage: answer.usage, cost: answer.cost, by: answer.by }),
  };
}

function partialOf(error: ModelError, said: string): AgentRunPartial {
  return { text: error.partial?.text ?? said, steps: 1, usage: error.partial?.usage ?? noUsage, cost: null };
}

/** @param againMs left out: it is not tried again */
function failed(
  failure: Failure,
  { attempt = 1, partial, againMs }: { attempt?: number; partial?: AgentRunPartial; againMs?: number } = {},
): ApplicationFailure {
  return ApplicationFailure.create({
    type: stepFailureType,
    message: failure.message,
    details: [failure, attempt, ...(partial ? [partial] : [])],
    nonRetryable: againMs === undefined,
    category: ApplicationFailureCategory.BENIGN,
    ...(againMs !== undefined && { nextRetryDelay: againMs }),
  });
}
