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
  const name = encoding === 'auto' ? guessEncoding(sample) : encoding;
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

async function pump(target: PassThrough, sample: Buffer, rest: AsyncIterator<Buffer>): Promise<void> {
  try {
    target.write(sample);
    for (;;) {
      const { value, done } = await rest.next();
      if (done) return void target.end();
      if (!target.write(value))
        await new Promise((resolve) => target.once('drain', resolve).once('close', resolve));
      if (target.destroyed) return;
    }
  } catch (error) {
    target.destroy(error as Error);
  }
}

/** By its mark, else UTF-8 when its bytes are that, else the one of Windows, which takes any. */
export function guessEncoding(sample: Uint8Array): string {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  try {
    // Cut at the end of the sample, a character may be incomplete.
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}
