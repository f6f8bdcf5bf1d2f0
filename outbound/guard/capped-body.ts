/** A body that ends with an error instead of filling the memory. */
import { text } from '../../contracts/text.ts';
import { OutboundError } from './outbound-error.ts';

/**
 * @param maxBytes Of what is read, so after decompression: a small file that unpacks to gigabytes is cut off early.
 * @param ended Called once when it was read to its end, broke or was given up.
 */
export function cappedBody(
  body: ReadableStream<Uint8Array>,
  { host, maxBytes, ended }: { host: string; maxBytes: number; ended: () => void },
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          ended();
          controller.close();
          return;
        }
        bytes += value.byteLength;
        if (bytes > maxBytes) throw responseTooLarge(host, maxBytes);
        controller.enqueue(value);
      } catch (error) {
        ended();
        controller.error(error);
        await reader.cancel(error).catch(() => undefined);
      }
    },
    async cancel(reason) {
      ended();
      await reader.cancel(reason);
    },
  });
}

export function responseTooLarge(host: string, maxBytes: number): OutboundError {
  return new OutboundError(
    'response-too-large',
    text(
      `${host} answered with more than ${maxBytes} bytes. The rest was not read.`,
      `${host} respondeu com mais de ${maxBytes} bytes. O resto não foi lido.`,
    ),
    text(
      'Check that the address is the right one, or ask for less at a time.',
      'Confira se o endereço é o certo, ou peça menos de cada vez.',
    ),
  );
}
