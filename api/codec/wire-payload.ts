/** Payloads as the codec protocol writes them: protobuf's JSON, in which bytes are base64. */
import type { Payload } from '@temporalio/common';
import { z } from 'zod';

const bytes = z.base64();

export const wirePayloads = z.object({
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), bytes).default({}), data: bytes.default('') }))
    .max(10_000),
});

type WirePayload = z.output<typeof wirePayloads>['payloads'][number];

export function fromWire({ metadata, data }: WirePayload): Payload {
  const read = Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')]);
  return { metadata: Object.fromEntries(read), data: Buffer.from(data, 'base64') };
}

export function toWire({ metadata, data }: Payload): WirePayload {
  const written = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)]);
  return { metadata: Object.fromEntries(written), data: base64(data ?? new Uint8Array()) };
}

function base64(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
}
