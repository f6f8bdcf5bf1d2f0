import { z } from 'zod';

/** A file of a run, as the items that carry it name it. */
export const runFile = z.object({
  id: z.string(),
  key: z.string(),
  fileName: z.string(),
  mimeType: z.string(),
  bytes: z.int(),
});
export type RunFile = z.output<typeof runFile>;

export const runFileList = z.object({ items: z.array(runFile) });

/**
 * Where a file is read: `/api/v1/runs/<run>/files/<id>`. By its key, since an item may carry a file of another run (of one that this
 * run takes up, or of the run that called it).
 */
export function filePathOf(key: string): string | undefined {
  const [, run, id] = /^w\/[^/]+\/r\/([^/]+)\/f\/([^/]+)\//.exec(key) ?? [];
  return run && id ? `/api/v1/runs/${run}/files/${id}` : undefined;
}

/** Types that a browser shows by itself and that can run nothing. Everything else is only saved. */
const shownTypes = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'text/plain',
  'text/csv',
];

export function isShown(mimeType: string): boolean {
  return shownTypes.includes(mimeType.split(';', 1)[0]!.trim().toLowerCase());
}
