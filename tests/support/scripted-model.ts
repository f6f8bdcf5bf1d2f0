/** A provider of models, on a real port, that says what the test's script of each agent says. An agent's instructions name its script: `#name`. */
import { type ChatCompletionRequest, LLMock } from '@copilotkit/aimock';
import type { Database } from '../../db/index.ts';
import { addProvider } from './add-provider.ts';

export type Said =
  | string
  | { calls: { name: string; args: object; id?: string }[]; text?: string }
  | { status: number };
/** @param messages without the system's. Whoever is asked again after a crash has to say the same. */
export type Script = (messages: ChatCompletionRequest['messages'], request: ChatCompletionRequest) => Said;

export interface ScriptedModel {
  /** As an agent names it: `model:<provider>:<model>`. */
  model: string;
  script(name: string, script: Script): void;
  /** Requests so far, of one script. */
  asked(name: string): ChatCompletionRequest[];
  stop(): Promise<unknown>;
}

const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

/** Sets the provider up in the workspace. */
export async function startScriptedModel(db: Database, workspace: string): Promise<ScriptedModel> {
  const mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
  const scripts = new Map<string, Script>();
  const asked = new Map<string, ChatCompletionRequest[]>();
  mock.on({}, (request: ChatCompletionRequest) => {
    const system = request.messages.filter(({ role }) => role === 'system').map(({ content }) => content);
    const name = /#([\w-]+)/.exec(String(system[0] ?? request.messages[0]?.content))?.[1] ?? '';
    asked.set(name, [...(asked.get(name) ?? []), request]);
    const said = scripts.get(name)?.(
      request.messages.filter(({ role }) => role !== 'system'),
      request,
    );
    if (said === undefined) return { error: { message: `No script for #${name}` }, status: 400 };
    if (typeof said === 'string') return { content: said, usage };
    if ('status' in said) return { error: { message: 'As the script says' }, status: said.status };
    const toolCalls = said.calls.map(({ name, args, id }, at) => ({
      ...{ name, arguments: JSON.stringify(args) },
      id: id ?? `call-${request.messages.length}-${at}`,
    }));
    return { ...(said.text !== undefined && { content: said.text }), toolCalls, usage };
  });
  await mock.start();
  const provider = await addProvider(db, workspace, 'Scripted', mock.url);
  return {
    model: `model:${provider}:scripted`,
    script: (name, script) => void scripts.set(name, script),
    asked: (name) => asked.get(name) ?? [],
    stop: () => mock.stop(),
  };
}
