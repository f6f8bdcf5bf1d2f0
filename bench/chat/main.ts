/**
 * `npm run bench -- chat`: milliseconds from a message to the first words of its answer, beside those of a direct call to the same
 * provider. What is between is ours: both rows, the conversation and the agent's run in Temporal, the ledger, and the answer's first
 * piece in the database before anybody is told of it. Prints one JSON line per figure:
 *
 * - one chat, and 20: people who read a while after each answer and ask again in the same conversation, each in their own time;
 * - `allAtOnce`: 20 who ask in the same moment, each in a new conversation. No target, for it says how much work a turn is.
 *
 * In one process with the embedded database, as `npm start` runs; without HTTP and sockets.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LLMock } from '@copilotkit/aimock';
import { hasEnded } from '../../contracts/chat/message.ts';
import { findTemporalBinary } from '../../scripts/stack/temporal-binary.ts';
import { startEngine } from '../../tests/replay/running-engine.ts';
import { addProvider } from '../../tests/support/add-provider.ts';
import { publishAgent } from '../../tests/support/publish-agent.ts';
import { beginTalk } from '../../tests/support/talk.ts';
import { printFigure } from '../print-figure.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);
const many = 20;
/** Of each person, by how many there are: a conversation has more than its first turn. */
const turns: Readonly<Record<number, number>> = { 1: 40, [many]: 5 };
/** In which all ask at once, each in a new conversation. */
const rounds = 2;
/** Milliseconds for which somebody reads an answer, from and to. */
const reading = [500, 2_500] as const;
const question = 'How are you?';
/** In pieces over a second, as a quick model gives it. */
const answer = 'Fine, and that in some more words than one. '.repeat(5);

/** Asks once. @returns milliseconds to the first words; resolves when the answer is whole */
type Ask = () => Promise<number>;

const provider = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
provider.on({}, { content: answer }, { latency: 20, chunkSize: 5 });
await provider.start();
const engine = await startEngine({ binary: await findTemporalBinary({ say }) });
try {
  const { db, workspace } = engine;
  const model = `model:${await addProvider(db, workspace, 'Bench', provider.url)}:bench`;
  const agent = await publishAgent(db, workspace, 'Bench', { model });
  const direct = async (): Promise<Ask> => callDirectly;
  const ours = () => openChat(agent);
  await inTheirTime(many, ours); // what is loaded once is loaded
  for (const chats of [1, many]) await compare({ chats }, (open) => inTheirTime(chats, open));
  await compare({ chats: many, allAtOnce: true }, (open) => allAtOnce(many, open));

  async function compare(
    facts: object,
    measure: (open: () => Promise<Ask>) => Promise<Share>,
  ): Promise<void> {
    const [one, other] = [await measure(direct), await measure(ours)];
    printFigure({
      ...{ figure: 'chat: first words', ...facts, directP50: one.p50, directP95: one.p95 },
      ...{ p50: other.p50, p95: other.p95 },
      ...{ addedP50: other.p50 - one.p50, addedP95: other.p95 - one.p95 },
    });
  }
} finally {
  await engine.close();
  await provider.stop();
}

interface Share {
  p50: number;
  p95: number;
}

async function inTheirTime(chats: number, open: () => Promise<Ask>): Promise<Share> {
  const taken: number[] = [];
  const person = async () => {
    const ask = await open();
    for (let turn = 0; turn < turns[chats]!; turn++) {
      await sleep(randomInt(...reading));
      taken.push(await ask());
    }
  };
  await Promise.all(Array.from({ length: chats }, person));
  return shareOf(taken);
}

async function allAtOnce(chats: number, open: () => Promise<Ask>): Promise<Share> {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const asks = await Promise.all(Array.from({ length: chats }, open));
    taken.push(...(await Promise.all(asks.map((ask) => ask()))));
  }
  return shareOf(taken);
}

function shareOf(taken: readonly number[]): Share {
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

async function openChat(agent: string): Promise<Ask> {
  const { db, client: temporal, workspace, bus } = engine;
  const talk = await beginTalk({ db, temporal }, workspace, agent);
  return async () => {
    const began = performance.now();
    let first: number | undefined;
    const { promise: ended, resolve } = Promise.withResolvers<string>();
    const unsubscribe = bus.subscribe((told) => {
      if (told.kind !== 'chat.answer' || told.conversation !== talk.conversation) return;
      for (const change of told.changes) {
        if (change.kind === 'text') first ??= performance.now() - began;
        if (change.kind === 'state' && hasEnded(change.state)) resolve(change.state);
      }
    });
    await talk.ask(question);
    const state = await ended;
    unsubscribe();
    if (first === undefined) throw new Error(`No words came; the answer ended as ${state}`);
    return first;
  };
}
