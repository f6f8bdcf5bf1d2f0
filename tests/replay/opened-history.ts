import type { Payload, PayloadCodec } from '@temporalio/common';

/**
 * The same history with its payloads as they were before they were sealed: recorded histories are kept plain, so that they need no
 * key, and a test can look into them. Payloads are opened in place.
 */
export async function openedHistory<H>(history: H, codec: PayloadCodec): Promise<H> {
  if (history === null || typeof history !== 'object' || history instanceof Uint8Array) return history;
  const holder = history as Record<string, unknown>;
  for (const [name, value] of Object.entries(holder)) {
    if (isPayload(value)) [holder[name]] = await codec.decode([value]);
    else await openedHistory(value, codec);
  }
  return history;
}

function isPayload(value: unknown): value is Payload {
  const { data, metadata } = (value ?? {}) as Payload;
  return data instanceof Uint8Array && metadata !== null && typeof metadata === 'object';
}
