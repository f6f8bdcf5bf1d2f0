/** Writes down a delivery of a webhook that keeps them, once its caller has been answered. */
import { ulid } from 'ulid';
import type { GatedState } from '../../contracts/gates.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { problems } from '../../contracts/problems.ts';
import type { WebhookDeliveriesRepository, WebhookTarget } from '../../db/index.ts';
import type { ApiDeps } from '../deps.ts';
import { toProblem } from '../problems.ts';
import type { HookAddress } from './hook-address.ts';

/** Bytes of JSON up to which what came in is kept, to be looked at and replayed. */
const mostBytes = 200_000;
const secretName = /auth|cookie|token|secret|password|session|api-?key/;

export interface DeliveryLog {
  /** What came in was read, and this run is for it. */
  carries(item: Item, run: string): void;
  /**
   * What came in goes to a gate, under this id. Written at once: the gate may say what became of it before its caller is answered.
   * @returns whether one with the id came before, and the run that it got
   */
  holds(item: Item, gateDelivery: string): Promise<{ isKnown: boolean; run?: string | undefined }>;
  /** What the gate said at once. */
  gated(gate: GatedState, run: string | undefined): Promise<void>;
  /** It came before. */
  repeats(): void;
  answered(status: number): Promise<void>;
  refused(error: unknown): Promise<void>;
}

export function logDelivery(
  { db, log }: Pick<ApiDeps, 'db' | 'log'>,
  { workspace, automation, node }: WebhookTarget,
  { method, path }: HookAddress,
): DeliveryLog {
  let item: JsonObject | undefined;
  let run: string | undefined;
  let repeated = false;
  let heldAs: string | undefined;
  let id = '';

  /** A log that can't be written is the operator's business, not the caller's. */
  const safely = async <T>(work: (log: WebhookDeliveriesRepository) => Promise<T>): Promise<T | undefined> =>
    db
      .inWorkspace(workspace, ({ webhookDeliveries }) => work(webhookDeliveries))
      .catch((err: unknown) => {
        log.warn({ err, workspace }, 'A delivery was not logged');
        return undefined;
      });
  const write = (status: number, more: { problem?: string; gate?: GatedState | undefined } = {}) =>
    safely((deliveries) => {
      id = ulid();
      const delivery = { id, automation: automation.id, node, method, path, status };
      return deliveries.add({ ...delivery, ...more, run, repeated, item, gateDelivery: heldAs });
    });
  const keep = (came: Item) => {
    const kept = { ...came.json, headers: masked(came.json.headers as JsonObject) };
    item = Buffer.byteLength(JSON.stringify(kept)) <= mostBytes ? kept : undefined;
  };

  return {
    carries(came, its) {
      keep(came);
      run = its;
    },
    async holds(came, gateDelivery) {
      keep(came);
      const before = await safely((deliveries) => deliveries.firstGated(gateDelivery));
      heldAs = gateDelivery;
      repeated = before !== undefined;
      run = before?.run;
      await write(202, { gate: before?.gate ?? 'held' });
      return { isKnown: repeated, run };
    },
    async gated(gate, its) {
      if (heldAs === undefined) return;
      const of = [heldAs];
      await safely((deliveries) => deliveries.leaveGate(of, { gate, run: its }));
    },
    repeats() {
      repeated = true;
    },
    async answered(status) {
      if (heldAs === undefined) await write(status);
    },
    async refused(error) {
      const { code: problem } = toProblem(error, log);
      const { status } = problems[problem];
      run = undefined;
      if (heldAs === undefined) await write(status, { problem });
      else await safely((deliveries) => deliveries.refuse(id, { status, problem }));
    },
  };
}

/** By their names: a log is read by others than a run is. */
function masked(headers: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretName.test(name) ? '•••' : value]),
  );
}
