/**
 * The bus between processes: Postgres LISTEN and NOTIFY on a connection of its own.
 *
 * Listeners in the same process hear a message at once and in full. Others hear it through Postgres in the order in which it was
 * published; what is too large for NOTIFY is trimmed or travels through the table `bus_messages` (see `wire.ts`). While Postgres
 * is away messages gather, up to a limit.
 */
import { randomUUID } from 'node:crypto';
import pg, { type Client } from 'pg';
import type { Bus, BusMessage } from '../../contracts/bus.ts';
import { type Log, silent } from '../log.ts';
import { jsonText } from '../records/json-text.ts';
import { setRole, systemRole } from '../rls/roles.ts';
import { createLocalBus } from './local-bus.ts';
import { type Envelope, parseEnvelope, parseMessage, toFitting } from './wire.ts';

export interface PostgresBusOptions {
  log?: Log | undefined;
  /** NOTIFY channel, default `hiviex`. */
  channel?: string | undefined;
}

const queueLimit = 10_000;
const batchSize = 200;
const longestBackOffMs = 5_000;
/** How often the connection is tried out, and old rows are removed. */
const heartbeatMs = 30_000;

/** Resolves when it listens. @throws when Postgres can't be reached at first; later it reconnects by itself. */
export async function createPostgresBus(url: string, options: PostgresBusOptions = {}): Promise<Bus> {
  const { log = silent, channel = 'hiviex' } = options;
  const self = randomUUID();
  const local = createLocalBus(log);
  const queue: BusMessage[] = [];
  let client: Client | undefined;
  let sending: Promise<void> | undefined;
  let delivering: Promise<void> = Promise.resolve();
  let reconnect: NodeJS.Timeout | undefined;
  let closed = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'hiviex bus' });
    next.on('error', (error: Error) => lost(next, error));
    next.on('end', () => lost(next, new Error('The connection was closed.')));
    next.on('notification', ({ payload }: { payload?: string }) => {
      // One after the other: a message that has to be fetched must not be overtaken by the next.
      delivering = delivering.then(() => deliver(next, payload ?? ''));
    });
    await next.connect();
    await next.query(setRole(systemRole));
    await next.query(`listen "${channel.replaceAll('"', '""')}"`);
    client = next;
    send();
  }

  function lost(which: Client, error: Error): void {
    if (which !== client || closed) return;
    client = undefined;
    log.warn({ err: error }, 'The bus lost its connection to Postgres');
    which.end().catch(() => {});
    retry(100);
  }

  function retry(waitMs: number): void {
    reconnect = setTimeout(() => {
      connect().then(
        () => log.info({}, 'The bus is connected to Postgres again'),
        () => !closed && retry(Math.min(longestBackOffMs, waitMs * 2)),
      );
    }, waitMs);
  }

  async function deliver(from: Client, payload: string): Promise<void> {
    const envelope = parseEnvelope(payload);
    if (!envelope || envelope.from === self) return;
    if ('message' in envelope) return local.publish(envelope.message);
    try {
      const { rows } = await from.query<{ message: unknown }>(
        'select message from bus_messages where id = $1',
        [envelope.stored],
      );
      const message = parseMessage(rows[0]?.message);
      if (message) local.publish(message);
    } catch (error) {
      log.warn({ err: error }, 'A bus message could not be fetched');
    }
  }

  function send(): void {
    if (!client || sending || queue.length === 0) return;
    const batch = queue.splice(0, batchSize);
    sending = transmit(client, batch)
      .catch((error: unknown) => {
        // Back to the front: the connection is gone, or about to be reported so.
        queue.unshift(...batch);
        log.warn({ err: error, messages: batch.length }, 'Bus messages could not be sent');
        if (client) lost(client, error instanceof Error ? error : new Error(String(error)));
      })
      .finally(() => {
        sending = undefined;
        send();
      });
  }

  async function transmit(to: Client, batch: BusMessage[]): Promise<void> {
    const stored: { id: string; message: BusMessage }[] = [];
    const payloads = batch.map((message) => {
      const fitting = toFitting(message);
      if (fitting) return jsonText({ from: self, message: fitting } satisfies Envelope);
      const id = randomUUID();
      stored.push({ id, message });
      return jsonText({ from: self, stored: id } satisfies Envelope);
    });
    await to.query(
      `with stored as (
         insert into bus_messages (id, message, created_at)
         select id, message, now() from json_to_recordset($1::text::json) as row (id text, message jsonb)
       )
       select pg_notify($2, payload) from json_array_elements_text($3::text::json) as payload`,
      [jsonText(stored), channel, JSON.stringify(payloads)],
    );
  }

  await connect();
  const heartbeat = setInterval(() => {
    client
      ?.query(`delete from bus_messages where created_at < now() - interval '5 minutes'`)
      .catch((error: Error) => client && lost(client, error));
  }, heartbeatMs);
  heartbeat.unref();

  return {
    publish(message) {
      if (closed) return;
      local.publish(message);
      queue.push(message);
      if (queue.length > queueLimit) {
        queue.splice(0, queue.length - queueLimit);
        log.warn({ limit: queueLimit }, 'Postgres is away: the oldest bus messages were given up');
      }
      send();
    },
    subscribe: (listener) => local.subscribe(listener),
    async close() {
      // What was published before goes out, if it can.
      while (client && (sending || queue.length > 0)) await (sending ?? send());
      closed = true;
      clearInterval(heartbeat);
      clearTimeout(reconnect);
      await client?.end().catch(() => {});
      await delivering;
      await local.close();
    },
  };
}
