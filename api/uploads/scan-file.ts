/**
 * The operator's scanner (HIVIEX_SCANNER_URL): gets the bytes of a file by POST and answers `{"clean":true}`, or
 * `{"clean":false,"reason":"…"}`. What has not been found clean is not opened by anybody: a scanner that is away is waited for.
 */
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { StoredFile } from '../../db/index.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problems.ts';

const verdict = z.object({ clean: z.boolean(), reason: z.string().max(500).default('') });
export type Verdict = z.output<typeof verdict>;

/** Seconds for the first 20 MB, and then for each 20 MB more. */
const patience = 60;

/** @throws ApiProblem `scanner-unavailable` */
export async function scanFile(
  scanner: string,
  { log }: Pick<ApiDeps, 'log'>,
  { id, workspace, type, bytes }: StoredFile,
  content: Readable,
): Promise<Verdict> {
  try {
    const response = await fetch(scanner, {
      method: 'POST',
      headers: {
        'content-type': type,
        'content-length': String(bytes),
        'x-hiviex-file': id,
        'x-hiviex-workspace': workspace,
      },
      body: Readable.toWeb(content) as ReadableStream<Uint8Array>,
      duplex: 'half',
      redirect: 'error',
      signal: AbortSignal.timeout(patience * 1_000 * Math.ceil(1 + bytes / 20_000_000)),
    } as RequestInit);
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return verdict.parse(await response.json());
  } catch (error) {
    log.warn({ err: error, file: id, workspace }, 'The scanner of files does not answer');
    throw new ApiProblem('scanner-unavailable');
  } finally {
    content.destroy();
  }
}
