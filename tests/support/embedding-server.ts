/**
 * A provider of embeddings, on a real port, that speaks OpenAI's protocol. Its vectors know words: texts that share them are near each
 * other. The name of a model says how long they are: `words-256`.
 */
import { createHash } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { startServer } from '../../activities/testing.ts';

export interface EmbeddingServer {
  /** Without a trailing slash. */
  url: string;
  /** Every text that a vector was made of, in order. */
  asked: { model: string; text: string }[];
  /** The next requests are answered with these, one each. */
  failNext(...statuses: number[]): void;
  close(): Promise<void>;
}

export async function startEmbeddingServer(): Promise<EmbeddingServer> {
  const asked: EmbeddingServer['asked'] = [];
  const failures: number[] = [];
  const { origin, close } = await startServer(async (request, response) => {
    const { model, input } = (await json(request)) as { model: string; input: string[] };
    const status = failures.shift();
    response.setHeader('content-type', 'application/json');
    if (status !== undefined) {
      response.writeHead(status).end(JSON.stringify({ error: { message: 'As the test wants it' } }));
      return;
    }
    asked.push(...input.map((text) => ({ model, text })));
    const dimensions = Number(model.split('-').at(-1));
    const data = input.map((text, index) => ({ index, embedding: vectorOf(text, dimensions) }));
    const tokens = input.reduce((sum, text) => sum + text.length, 0);
    response.end(JSON.stringify({ data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } }));
  });
  return { url: origin, asked, failNext: (...statuses) => void failures.push(...statuses), close };
}

function vectorOf(text: string, dimensions: number): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const hash = createHash('sha256').update(word).digest();
    for (const at of [0, 4, 8])
      vector[hash.readUInt32BE(at) % dimensions]! += hash[at + 3]! % 2 === 0 ? 1 : -1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
