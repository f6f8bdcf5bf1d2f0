/** Bytes of a file as text, in the encoding that it shows. */
import { PassThrough, type Readable, Transform } from 'node:stream';

const sampleBytes = 65_536;

/** @returns the text, and its beginning to guess from. Errors of the source arrive in `text`. */
export async function decodeStream(
  source: Readable,
  encoding: string,
): Promise<{ text: Readable; head: string }> {
  const chunks: Buffer[] = [];
  let length = 0;
  const iterator = source[Symbol.asyncIterator]();
  while (length < sampleBytes) {
    const { value, done } = await iterator.next();
    if (done) break;
    chunks.push(value as Buffer);
    length += (value as Buffer).length;
  }
  const sample = Buffer.concat(chunks);
  const name = encodingOf(sample, encoding);
  const decoder = new TextDecoder(name);
  const text = new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, decoder.decode(chunk, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  });
  const whole = new PassThrough();
  void pump(whole, sample, iterator);
  whole.on('error', (error) => text.destroy(error));
  whole.pipe(text);
  return { text, head: new TextDecoder(name).decode(sample) };
}

/** @param encoding `auto`: the one that the bytes show */
export function decodeText(bytes: Uint8Array, encoding = 'auto'): string {
  return new TextDecoder(encodingOf(bytes, encoding)).decode(bytes);
}

function encodingOf(sample: Uint8Array, encoding: string): string {
  return encoding === 'auto' ? guessEncoding(sample) : encoding;
}

async function pump(target: PassThrough, sample: Buffer, rest: AsyncIterator<Buffer>): Promise<void> {
  try {
    target.write(sample);
    for (;;) {
      const { value, done } = await rest.next();
      if (done) return void target.end();
      if (!target.write(value)) await drained(target);
      if (target.destroyed) return;
    }
  } catch (error) {
    target.destroy(error as Error);
  }
}

/** It takes more, or nobody reads it any more. */
function drained(target: PassThrough): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      target.off('drain', done).off('close', done);
      resolve();
    };
    target.on('drain', done).on('close', done);
  });
}

/** By its mark, else UTF-16 or UTF-8 when its bytes are that, else the one of Windows, which takes any. */
function guessEncoding(sample: Uint8Array): string {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  const [even, odd] = zeros(sample);
  // Western text in UTF-16 without its mark: every other byte is zero.
  if (odd > 0.4 && even < 0.05) return 'utf-16le';
  if (even > 0.4 && odd < 0.05) return 'utf-16be';
  try {
    // Cut at the end of the sample, a character may be incomplete.
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** Shares of zero bytes at even and at odd places of the beginning. */
function zeros(sample: Uint8Array): [number, number] {
  const head = sample.subarray(0, 1_024);
  const count = [0, 0];
  for (const [at, byte] of head.entries()) if (byte === 0) count[at % 2] = (count[at % 2] ?? 0) + 1;
  const pairs = Math.max(1, Math.floor(head.length / 2));
  return [(count[0] ?? 0) / pairs, (count[1] ?? 0) / pairs];
}
