/**
 * Uploads of a page: chosen files are sent, two at a time, and told of as they go. Each can be cancelled, tried again after a failure,
 * and goes on where it was after a lost network or a reload.
 *
 *     const uploads = useUpload({ purpose: 'chat', onReady: (file) => attach(file) });
 *     <UploadArea uploads={uploads} />
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CreateUpload, UploadedFile } from '../../../../contracts/api/uploads.ts';
import { ProblemError } from '../../api/problem-error.ts';
import { useAccount } from '../../api/session.ts';
import { uploadServer } from '../../api/uploads.ts';
import { t } from '../../i18n/language.ts';
import { uploadsText } from '../../i18n/uploads.ts';
import { randomId } from '../../lib/random-id.ts';
import { createTurns } from './create-turns.ts';
import { type KeptUpload, keptUpload } from './kept-uploads.ts';
import { sendBytes } from './send-bytes.ts';
import { uploadFile } from './upload-file.ts';

/** - `waiting`: for the network. */
export type UploadState = 'queued' | 'sending' | 'waiting' | 'checking' | 'ready' | 'failed';

export interface UploadItem {
  key: string;
  name: string;
  type: string;
  bytes: number;
  /** Bytes that have gone. */
  sent: number;
  state: UploadState;
  /** When it is `ready`. */
  file?: UploadedFile;
  /** When it is `failed`. */
  error?: unknown;
}

export interface UseUploadOptions {
  purpose: NonNullable<CreateUpload['purpose']>;
  visibility?: CreateUpload['visibility'];
  /** Called once for each file. */
  onReady?(file: UploadedFile): void;
}

export interface Uploads {
  purpose: NonNullable<CreateUpload['purpose']>;
  items: readonly UploadItem[];
  /** Something is on its way still. */
  isBusy: boolean;
  add(files: readonly File[]): void;
  /** Stops it, if it is on its way, and takes it off the list. */
  remove(key: string): void;
  retry(key: string): void;
  /** An empty list: after a message was sent with them. */
  clear(): void;
}

interface Running {
  source: File;
  wish: CreateUpload;
  kept: KeptUpload;
  controller: AbortController;
}

const atOnce = 2;
const firstPause = 1_000;

export function useUpload({ purpose, visibility, onReady }: UseUploadOptions): Uploads {
  const { data: account } = useAccount();
  const workspace = account?.workspace?.id ?? '';
  const [items, setItems] = useState<readonly UploadItem[]>([]);
  const running = useRef(new Map<string, Running>());
  const [turns] = useState(() => createTurns(atOnce));
  const ready = useRef(onReady);
  useEffect(() => {
    ready.current = onReady;
  });
  // Who leaves the page stops sending; what was sent waits for them for a day.
  useEffect(() => {
    const all = running.current;
    return () => {
      for (const { controller } of all.values()) controller.abort();
    };
  }, []);

  const start = useCallback(
    async (key: string, { source, wish, kept, controller: { signal } }: Running) => {
      const change = (of: Partial<UploadItem>) =>
        setItems((all) =>
          all.map((item) => (item.key === key && !signal.aborted ? { ...item, ...of } : item)),
        );
      try {
        const file = await turns(signal, async () => {
          change({ state: 'sending' });
          if (source.size === 0) throw emptyFile();
          const begun = await beginOrGoOn(wish, kept);
          kept.keep(begun.file.id);
          return uploadFile(source, begun, {
            server: uploadServer,
            send: sendBytes,
            signal,
            pause: firstPause,
            onProgress: (sent) => change({ sent }),
            onWaiting: (waits) => change({ state: waits ? 'waiting' : 'sending' }),
            onChecking: () => change({ state: 'checking', sent: source.size }),
          });
        });
        kept.forget();
        running.current.delete(key);
        change({ state: 'ready', sent: source.size, file });
        if (!signal.aborted) ready.current?.(file);
      } catch (error) {
        if (signal.aborted) return;
        // Refused for good: another try is another upload.
        if (error instanceof ProblemError && error.status >= 400 && error.status < 500) kept.forget();
        change({ state: 'failed', error: await readable(error, source) });
      }
    },
    [turns],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      for (const source of files) {
        const key = randomId();
        const type = source.type.split(';', 1)[0] || 'application/octet-stream';
        const { name, size: bytes } = source;
        const wish = { name, type, bytes, purpose, ...(visibility && { visibility }) };
        const job = {
          source,
          wish,
          kept: keptUpload(source, wish, workspace),
          controller: new AbortController(),
        };
        running.current.set(key, job);
        setItems((all) => [...all, { key, name, type, bytes, sent: 0, state: 'queued' }]);
        void start(key, job);
      }
    },
    [purpose, visibility, workspace, start],
  );

  const remove = useCallback((key: string) => {
    const job = running.current.get(key);
    running.current.delete(key);
    job?.controller.abort();
    if (job?.kept.id) void uploadServer.cancel(job.kept.id).catch(() => undefined);
    job?.kept.forget();
    setItems((all) => all.filter((item) => item.key !== key));
  }, []);

  const retry = useCallback(
    (key: string) => {
      const job = running.current.get(key);
      if (!job) return;
      setItems((all) =>
        all.map(({ error: _, ...item }) => (item.key === key ? { ...item, state: 'queued', sent: 0 } : item)),
      );
      void start(key, job);
    },
    [start],
  );

  const clear = useCallback(() => setItems([]), []);
  const isBusy = items.some(({ state }) => state !== 'ready' && state !== 'failed');
  return { purpose, items, isBusy, add, remove, retry, clear };
}

async function beginOrGoOn(wish: CreateUpload, kept: KeptUpload) {
  if (kept.id) {
    const known = await uploadServer.read(kept.id).catch((error: unknown) => {
      if (error instanceof ProblemError && error.status === 404) return undefined;
      throw error;
    });
    if (known && known.file.state !== 'refused') return known;
  }
  return uploadServer.begin(wish);
}

function emptyFile(): ProblemError {
  return new ProblemError({
    status: 422,
    code: 'empty-file',
    title: t(uploadsText.empty),
    detail: t(uploadsText.emptyNext),
  });
}

/** A file that was changed while it was sent fails as if the network had: looking at it once more tells them apart. */
async function readable(error: unknown, source: File): Promise<unknown> {
  if (!(error instanceof ProblemError) || error.code !== 'store-offline') return error;
  try {
    await source.slice(0, 1).arrayBuffer();
    return error;
  } catch {
    return new ProblemError({
      status: 422,
      code: 'unreadable-file',
      title: t(uploadsText.unreadable),
      detail: t(uploadsText.unreadableNext),
    });
  }
}
