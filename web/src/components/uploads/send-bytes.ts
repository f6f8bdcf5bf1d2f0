/** One signed request, with its progress. By XMLHttpRequest: `fetch` does not tell how much has gone. */
import type { SignedUpload } from '../../../../contracts/api/uploads.ts';
import { ProblemError } from '../../api/problem-error.ts';
import { t } from '../../i18n/language.ts';
import { uploadsText } from '../../i18n/uploads.ts';

export interface SendOptions {
  signal: AbortSignal;
  /** Bytes of this request that have gone. */
  onProgress(sent: number): void;
}

/** @throws ProblemError: as the API tells it, `store-refused`, or `store-offline` (`status` 0); what the signal says when it is aborted */
export type SendBytes = (request: SignedUpload, bytes: Blob, options: SendOptions) => Promise<void>;

export const sendBytes: SendBytes = ({ method, url, headers }, bytes, { signal, onProgress }) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const sending = new XMLHttpRequest();
    const stop = () => sending.abort();
    signal.addEventListener('abort', stop, { once: true });
    sending.open(method, url);
    for (const [name, value] of Object.entries(headers)) sending.setRequestHeader(name, value);
    sending.upload.onprogress = ({ loaded }) => onProgress(loaded);
    sending.onload = () => {
      if (sending.status >= 200 && sending.status < 300) resolve();
      else reject(refusal(sending.status, sending.responseText));
    };
    sending.onerror = () => reject(storeOffline());
    sending.onabort = () => reject(signal.reason);
    sending.onloadend = () => signal.removeEventListener('abort', stop);
    // Without a type of its own: the browser would send it as a header that was not signed.
    sending.send(bytes.slice());
  });

/** A bucket answers XML for programs; our API says what people can read. */
export function refusal(status: number, answer: string): ProblemError {
  try {
    const body: unknown = JSON.parse(answer);
    if (typeof body === 'object' && body !== null && 'code' in body && 'title' in body)
      return new ProblemError(body as ConstructorParameters<typeof ProblemError>[0]);
  } catch {
    // No JSON.
  }
  return new ProblemError({
    status,
    code: 'store-refused',
    title: t(uploadsText.refused, { status }),
    detail: t(uploadsText.refusedNext),
  });
}

export function storeOffline(): ProblemError {
  return new ProblemError({
    status: 0,
    code: 'store-offline',
    title: t(uploadsText.noStore),
    detail: t(uploadsText.noStoreNext),
  });
}
