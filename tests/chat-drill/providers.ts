/** Providers of models of the drill, on real ports: one that answers at its pace and may break off, one that has no quota, one that is down. */
import { type ChatCompletionRequest, LLMock } from '@copilotkit/aimock';
import type { Database } from '../../db/index.ts';
import { addProvider } from '../support/add-provider.ts';

/** What an agent's instructions name: `#stream`. */
export type Script = 'stream' | 'cut' | 'tool' | 'approval';

export interface DrillProviders {
  /** As agents name them. */
  models: { steady: string; limitedThenSteady: string; down: string };
  stop(): Promise<void>;
}

const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
/** Milliseconds between pieces, and characters of one. */
const pace = { latency: 40, chunkSize: 6 };

/** What the answer to a question has to be, every word another one: what is missing or doubled shows. */
export function answerTo(question: string): string {
  return `${question}: ${Array.from({ length: 80 }, (_, n) => `w${n}`).join(' ')}`;
}

export async function startProviders(db: Database, workspace: string): Promise<DrillProviders> {
  const mocks = Array.from(
    { length: 3 },
    () => new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' }),
  );
  const [steady, limited, down] = mocks as [LLMock, LLMock, LLMock];
  const cut = new Set<string>();
  const breaksOff = (request: ChatCompletionRequest) =>
    scriptOf(request) === 'cut' && !cut.has(questionOf(request));
  steady.on(
    { predicate: breaksOff },
    (request) => {
      cut.add(questionOf(request));
      return { content: answerTo(questionOf(request)), usage };
    },
    { ...pace, truncateAfterChunks: 20 },
  );
  steady.on({}, (request) => ({ ...said(request), usage }), pace);
  limited.on({}, { error: { message: 'No quota.' }, status: 429 });
  down.on({}, { error: { message: 'Down.' }, status: 500 });
  await Promise.all(mocks.map((mock) => mock.start()));

  const ids: string[] = [];
  for (const [position, mock] of mocks.entries())
    ids.push(await addProvider(db, workspace, `Provider ${position}`, mock.url));
  const models = await db.inWorkspace(workspace, async ({ models: { chains } }) => {
    const chain = await chains.create({
      ...{ name: 'Falls back', isDefault: false },
      entries: [ids[1]!, ids[0]!].map((provider) => ({ provider, model: 'drill' })),
    });
    if (typeof chain === 'string' || 'unknown' in chain) throw new Error('The chain was not made');
    return {
      steady: `model:${ids[0]}:drill`,
      limitedThenSteady: `chain:${chain.id}`,
      down: `model:${ids[2]}:drill`,
    };
  });
  return { models, stop: async () => void (await Promise.all(mocks.map((mock) => mock.stop()))) };
}

/** The same whenever it is asked again. */
function said(request: ChatCompletionRequest) {
  const question = questionOf(request);
  if (question.includes('Give this conversation a title')) return { content: 'A title' };
  const call = { stream: undefined, cut: undefined, tool: 'createOrder', approval: 'approve' }[
    scriptOf(request)
  ];
  if (call === undefined || request.messages.at(-1)?.role === 'tool') return { content: answerTo(question) };
  return { toolCalls: [{ name: call, arguments: '{"body":{}}', id: 'call-0' }] };
}

function scriptOf({ messages }: ChatCompletionRequest): Script {
  const system = messages.find(({ role }) => role === 'system');
  return (/#(\w+)/.exec(String(system?.content))?.[1] ?? 'stream') as Script;
}

function questionOf({ messages }: ChatCompletionRequest): string {
  return String(messages.findLast(({ role }) => role === 'user')?.content);
}
