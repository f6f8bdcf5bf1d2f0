/**
 * Sends a file that was asked for, whole or in parts, until the server says that it is ready. What has arrived is not sent again: not
 * after a lost network, and not when it is called anew with what the server knows of the upload.
 */
import type { SignedUpload, Upload, UploadedFile } from '../../../../contracts/api/uploads.ts';
import { ProblemError } from '../../api/problem-error.ts';
import type { UploadServer } from '../../api/uploads.ts';
import { type Patience, patiently } from './patient.ts';
import type { SendBytes } from './send-bytes.ts';

export interface UploadJob extends Patience {
  server: Pick<UploadServer, 'read' | 'sign' | 'complete'>;
  send: SendBytes;
  /** Bytes that have gone, of all. */
  onProgress(sent: number): void;
  /** All has gone. */
  onChecking(): void;
}

/** Parts under way at a time. */
const atOnce = 3;
/** Parts signed at a time: their links have to last until they are sent. */
const signedAtOnce = 12;
/** How often what the server misses is sent, and the check of a large file asked for. */
const mostRounds = 3;

/** @throws ProblemError: why the file was not taken; what the signal says when it is aborted */
export async function uploadFile(bytes: Blob, begun: Upload, job: UploadJob): Promise<UploadedFile> {
  const { id } = begun.file;
  let upload = begun;
  for (let round = 1; ; round++) {
    await sendMissing(bytes, upload, job);
    job.onChecking();
    try {
      return await completed(id, job);
    } catch (error) {
      const isIncomplete = error instanceof ProblemError && error.code === 'upload-incomplete';
      if (!isIncomplete || round === mostRounds) throw error;
      upload = await patiently(() => job.server.read(id), job);
    }
  }
}

async function completed(id: string, job: UploadJob): Promise<UploadedFile> {
  // The server takes its time to answer while it checks: no pause is needed between.
  for (;;) {
    const file = await patiently(() => job.server.complete(id), job);
    job.signal.throwIfAborted();
    if (file.state !== 'checking') return file;
  }
}

async function sendMissing(bytes: Blob, { file, sending }: Upload, job: UploadJob): Promise<void> {
  if (!sending) return job.onProgress(bytes.size);
  if (sending.kind === 'parts') return sendParts(bytes, file.id, sending, job);
  await sendOne(sending.request, bytes, job, {
    onProgress: job.onProgress,
    async renew() {
      const now = await job.server.read(file.id);
      return now.sending?.kind === 'whole' ? now.sending.request : sending.request;
    },
  });
}

async function sendParts(
  bytes: Blob,
  id: string,
  { partBytes, parts, arrived }: Extract<Upload['sending'], { kind: 'parts' }>,
  job: UploadJob,
): Promise<void> {
  const piece = (part: number) => bytes.slice((part - 1) * partBytes, part * partBytes);
  const gone = new Map(arrived.map((part) => [part, piece(part).size]));
  const tell = (part: number, sent: number) => {
    gone.set(part, sent);
    job.onProgress([...gone.values()].reduce((sum, each) => sum + each, 0));
  };
  const sign = async (numbers: number[]) => {
    const { items } = await patiently(() => job.server.sign(id, numbers), job);
    return new Map(items.map(({ part, request }) => [part, request]));
  };
  const missing = Array.from({ length: parts }, (_, at) => at + 1).filter((part) => !gone.has(part));
  while (missing.length > 0) {
    const numbers = missing.splice(0, signedAtOnce);
    const signed = await sign(numbers);
    await inParallel(numbers, job.signal, (part, signal) =>
      sendOne(
        signed.get(part)!,
        piece(part),
        { ...job, signal },
        {
          onProgress: (sent) => tell(part, sent),
          renew: async () => (await sign([part])).get(part)!,
        },
      ),
    );
  }
}

/** A link that is over is renewed, once: a second refusal means something else. */
async function sendOne(
  first: SignedUpload,
  bytes: Blob,
  job: UploadJob,
  { onProgress, renew }: { onProgress(sent: number): void; renew(): Promise<SignedUpload> },
): Promise<void> {
  const { signal } = job;
  let request = first;
  const send = () => patiently(() => job.send(request, bytes, { signal, onProgress }), job);
  try {
    await send();
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ProblemError) || error.status !== 403) throw error;
    request = await renew();
    await send();
  }
  onProgress(bytes.size);
}

/** The first that fails ends the others. */
async function inParallel(
  numbers: readonly number[],
  signal: AbortSignal,
  work: (number: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const left = [...numbers];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next, either);
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, worker));
  } catch (error) {
    stop.abort(error);
    throw error;
  }
}
