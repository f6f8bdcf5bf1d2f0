/** Writes down a delivery of a webhook that keeps them, once its caller has been answered. */
import { ulid } from 'ulid';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { problems } from '../../contracts/problems.ts';
import type { WebhookTarget } from '../../db/index.ts';
import type { ApiDeps } from '../deps.ts';
import { toProblem } from '../problems.ts';
import type { HookAddress } from './hook-address.ts';

/** Bytes of JSON up to which what came in is kept, to be looked at and replayed. */
const mostBytes = 200_000;
const secretName = /auth|cookie|token|secret|password|session|api-?key/;

export interface DeliveryLog {
  /** What came in was read, and this run is for it. */
  carries(item: Item, run: string): void;
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

  const write = async (status: number, problem?: string): Promise<void> => {
    const delivery = { id: ulid(), automation: automation.id, node, method, path, status };
    await db
      .inWorkspace(workspace, ({ webhookDeliveries }) =>
        webhookDeliveries.add({ ...delivery, problem, run, repeated, item }),
      )
      // The caller has its answer: a log that can't be written is the operator's business.
      .catch((err: unknown) => log.warn({ err, workspace }, 'A delivery was not logged'));
  };

  return {
    carries(came, its) {
      const kept = { ...came.json, headers: masked(came.json.headers as JsonObject) };
      item = Buffer.byteLength(JSON.stringify(kept)) <= mostBytes ? kept : undefined;
      run = its;
    },
    repeats() {
      repeated = true;
    },
    answered: (status) => write(status),
    refused: (error) => {
      const { code } = toProblem(error, log);
      run = undefined;
      return write(problems[code].status, code);
    },
  };
}

/** By their names: a log is read by others than a run is. */
function masked(headers: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretName.test(name) ? '•••' : value]),
  );
}
