/**
 * `npm run bench -- chat`: milliseconds from a message to the first words of its answer, beside those of a direct call to the same
 * provider: one chat at a time, and 20 at once. What is between is ours: both rows, the conversation and the agent's run in Temporal, the
 * ledger, and the answer's first piece in the database before anybody is told of it. Prints one JSON line per figure.
 *
 * In one process with the embedded database, as `npm start` runs; without HTTP and sockets.
 */
import { LLMock } from '@copilotkit/aimock';
import { defaultProviderSettings } from '../../contracts/models/provider.ts';
import { findTemporalBinary } from '../../scripts/stack/temporal-binary.ts';
import { type RunningEngine, startEngine } from '../../tests/replay/running-engine.ts';
import { publishAgent } from '../../tests/support/publish-agent.ts';
import { beginTalk } from '../../tests/support/talk.ts';
import { printFigure } from '../print-figure.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);
/** Measured at each number of chats, after as many that are not. */
const samples = 60;
const question = 'How are you?';

const provider = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
provider.on({}, { content: 'Fine, and that in some more words than one.' }, { latency: 20, chunkSize: 5 });
await provider.start();
const engine = await startEngine({ binary: await findTemporalBinary({ say }) });
try {
  const agent = await publishAgent(engine.db, engine.workspace, 'Bench', { model: await modelOf(engine) });
  for (const chats of [1, 20]) {
    const direct = await measure(chats, callDirectly);
    const ours = await measure(chats, () => chat(agent));
    const added = { addedP50: ours.p50 - direct.p50, addedP95: ours.p95 - direct.p95 };
    printFigure({
      figure: 'chat: first words',
      chats,
      directP50: direct.p50,
      directP95: direct.p95,
      p50: ours.p50,
      p95: ours.p95,
      ...added,
    });
  }
} finally {
  await engine.close();
  await provider.stop();
}

/** @param once gives milliseconds */
async function measure(chats: number, once: () => Promise<number>): Promise<{ p50: number; p95: number }> {
  const taken: number[] = [];
  const rounds = Math.ceil(samples / chats);
  for (let round = 0; round < rounds * 2; round++) {
    const some = await Promise.all(Array.from({ length: chats }, once));
    if (round >= rounds) taken.push(...some);
  }
  const sorted = taken.toSorted((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)]!);
  return { p50: at(0.5), p95: at(0.95) };
}

async function callDirectly(): Promise<number> {
  const began = performance.now();
  const response = await fetch(`${provider.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer sk-bench-0001' },
    body: JSON.stringify({ model: 'bench', stream: true, messages: [{ role: 'user', content: question }] }),
  });
  const text = new TextDecoder();
  let read = '';
  let first: number | undefined;
  for await (const piece of response.body!) {
    read += text.decode(piece, { stream: true });
    if (/"content":"[^"]/.test(read)) first ??= performance.now() - began;
  }
  if (first === undefined) throw new Error(`The provider said nothing: ${read}`);
  return first;
}

/** Ends when the answer has: no other one is measured beside its end. */
async function chat(agent: string): Promise<number> {
  const { db, client: temporal, workspace, bus } = engine;
  const talk = await beginTalk({ db, temporal }, workspace, agent);
  const began = performance.now();
  let first: number | undefined;
  const unsubscribe = bus.subscribe((told) => {
    if (told.kind !== 'chat.answer' || told.conversation !== talk.conversation) return;
    if (told.changes.some(({ kind }) => kind === 'text')) first ??= performance.now() - began;
  });
  const { answer } = await talk.ask(question);
  const { state } = await talk.ended(answer);
  unsubscribe();
  if (first === undefined) throw new Error(`No words came; the answer ended as ${state}`);
  return first;
}

async function modelOf({ db, workspace }: RunningEngine): Promise<string> {
  return await db.inWorkspace(workspace, async ({ credentials, models }) => {
    const saved = await credentials.create({
      ...{ name: 'Bench', type: 'llm', secrets: { apiKey: 'sk-bench-0001' } },
      fields: { baseUrl: `${provider.url}/v1`, allowedHosts: '' },
    });
    if (saved.kind !== 'saved') throw new Error(saved.kind);
    const made = await models.providers.create({
      ...{ name: 'Bench', kind: 'openai', credential: saved.credential.id },
      settings: defaultProviderSettings,
    });
    return `model:${made!.id}:bench`;
  });
}
