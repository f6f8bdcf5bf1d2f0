/** A bus message as NOTIFY carries it: its payload must be shorter than 8,000 bytes. */
import { type BusMessage, busMessage } from '../../contracts/bus.ts';
import { withoutOutputs } from '../../contracts/outputs-preview.ts';

/** Bytes, with room for the envelope. */
export const payloadLimit = 7_500;

export type Envelope =
  | { from: string; message: BusMessage }
  /** The message is in `bus_messages` under this id. */
  | { from: string; stored: string };

/**
 * Makes a message fit: events go without their outputs, which readers can load, but with their numbers. Undefined when it still does not, or when
 * nothing of it may be missing (an answer): then it travels by way of the table.
 */
export function toFitting(message: BusMessage): BusMessage | undefined {
  if (fits(message)) return message;
  if (message.kind !== 'run.events') return undefined;
  const partial: BusMessage = { ...message, events: message.events.map(withoutOutputs), partial: true };
  return fits(partial) ? partial : undefined;
}

function fits(message: BusMessage): boolean {
  return Buffer.byteLength(JSON.stringify(message)) <= payloadLimit;
}

/** @returns undefined for what this version does not understand, e.g. a newer process's messages during an update. */
export function parseEnvelope(payload: string): Envelope | undefined {
  const envelope = parseJson(payload);
  if (typeof envelope !== 'object' || envelope === null || !('from' in envelope)) return undefined;
  const from = String(envelope.from);
  if ('stored' in envelope) return { from, stored: String(envelope.stored) };
  const message = parseMessage('message' in envelope ? envelope.message : undefined);
  return message && { from, message };
}

export function parseMessage(value: unknown): BusMessage | undefined {
  const parsed = busMessage.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
