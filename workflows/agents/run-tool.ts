/** One call of a tool, from what the model wrote to what it is given back. A failure of the tool is a result like any other. */

import type { LoadedAgent } from '../../contracts/agents/loaded-agent.ts';
import { readResultTool, type Tool } from '../../contracts/agents/tool.ts';
import type { AgentStepFacts, ToolCallNews } from '../../contracts/agents/work.ts';
import type { JsonObject, JsonValue } from '../../contracts/json.ts';
import type { FileContent, ToolCall } from '../../contracts/models/chat.ts';
import type { Failure } from '../../contracts/run.ts';
import { readArguments } from '../../engine/agents/read-arguments.ts';
import { readResultDefinition } from '../../engine/agents/tool-definition.ts';
import { EngineFailure } from '../../engine/run/engine-failure.ts';
import { asEngineFailure } from '../step-failures.ts';
import { callsTool, loadAgent, readResult, tellToolCall } from './agent-activities.ts';
import { askPeople } from './ask-people.ts';
import { delegate } from './delegate.ts';
import { runAutomation } from './run-automation.ts';
import type { ToolRound } from './tool-round.ts';

export interface ToolCallEnd {
  call: ToolCall;
  /** What the model is given. */
  content: string;
  /** Files that it is to look at beside that. */
  shows?: FileContent[] | undefined;
  /** The agent to which it hands the conversation over. */
  handOff?: LoadedAgent | undefined;
  /** As it was read; undefined: it was never made. */
  arguments?: JsonObject | undefined;
}

export async function runTool(call: ToolCall, round: ToolRound): Promise<ToolCallEnd> {
  const { state, facts } = round;
  if (call.name === readResultTool) return await readOn(call, facts);
  const tool = state.active.definition.tools.find(({ name }) => name === call.name);
  const offered = state.active.offered.find(({ name }) => name === call.name);
  const news: ToolCallNews = {
    ...facts,
    ...{
      call: call.id,
      name: call.name,
      kind: tool?.kind ?? 'code',
      written: call.arguments,
      state: 'failed',
    },
  };
  if (!tool || !offered) {
    const failure: Failure = tool
      ? { code: 'tool-denied', message: `The tool "${call.name}" may not be used.` }
      : { code: 'no-such-tool', message: `There is no tool "${call.name}".` };
    return { call, content: await refused({ ...news, state: tool ? 'denied' : 'failed' }, failure) };
  }
  const read = readArguments(call.arguments, offered.parameters);
  if (read.kind === 'wrong') {
    await refused(news, { code: 'bad-arguments', message: read.says });
    return { call, content: read.says };
  }
  const given = read.value;
  try {
    // To ask whether one may ask would ask twice.
    if (tool.approval === 'ask' && tool.kind !== 'ask-human') {
      const answer = await askPeople({ tool, given, call, news, round });
      if (answer.decision === 'rejected') {
        const failure = deniedBy(answer.comment);
        return { call, arguments: given, content: await refused({ ...news, state: 'denied' }, failure) };
      }
    }
    return { call, arguments: given, ...(await made(tool, given, call, news, round)) };
  } catch (error) {
    const failed = asEngineFailure(error);
    if (!(failed instanceof EngineFailure)) throw failed;
    return { call, arguments: given, content: await refused(news, failed.failure) };
  }
}

async function made(
  tool: Tool,
  given: JsonObject,
  call: ToolCall,
  news: ToolCallNews,
  round: ToolRound,
): Promise<Pick<ToolCallEnd, 'content' | 'shows' | 'handOff'>> {
  const ended = async (result: JsonValue, child?: string) =>
    tellToolCall({ ...news, state: 'succeeded', result, child });
  switch (tool.kind) {
    case 'automation': {
      const { items, run } = await runAutomation(tool, given, news, round);
      return { content: await ended(items, `run:${run}`) };
    }
    case 'agent': {
      if (tool.mode === 'hand-off') {
        const agent = { id: tool.agent, name: tool.name };
        const { workspace } = round.facts;
        const handOff = await loadAgent({ workspace, agent, version: { id: '', number: 0 } });
        const content = await ended(`${handOff.agent.name} has taken over and answers from here on.`);
        return { content, handOff };
      }
      const { result, run } = await delegate(tool, given, news, round);
      return { content: await ended(result.output ?? result.text, `agent-run:${run}`) };
    }
    case 'ask-human': {
      const answer = await askPeople({ tool, given, call, news, round });
      const said = answer.decision === 'approved' ? String(answer.fields.answer ?? '') : answer.comment;
      return {
        content: await ended(
          answer.decision === 'approved' ? said : `${answer.name} does not want to answer. ${said}`.trim(),
        ),
      };
    }
    default: {
      const { callTool } = callsTool(tool.kind, tool.name);
      const { facts } = round;
      const outcome = await callTool({
        ...facts,
        ...{ call: call.id, tool, arguments: given, written: call.arguments, now: Date.now() },
        member: round.input.startedBy,
      });
      return { content: outcome.text, ...(outcome.shows && { shows: outcome.shows }) };
    }
  }
}

/** The model is told, and may try another way. */
async function refused(news: ToolCallNews, failure: Failure): Promise<string> {
  await tellToolCall({ ...news, failure });
  return `It failed: ${[failure.message, failure.hint].filter(Boolean).join(' ')}`;
}

function deniedBy(comment: string): Failure {
  return {
    code: 'tool-denied',
    message: `A person has refused this call.${comment && ` They say: ${comment}`}`,
    hint: 'Do not make it again. Tell the user, or take another way.',
  };
}

async function readOn(call: ToolCall, { workspace, run }: AgentStepFacts): Promise<ToolCallEnd> {
  const read = readArguments(call.arguments, readResultDefinition.parameters);
  if (read.kind === 'wrong') return { call, content: read.says };
  const { call: of, from } = read.value;
  return { call, content: await readResult({ workspace, run, call: String(of), from: Number(from) }) };
}
