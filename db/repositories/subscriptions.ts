/** Who listens to what: triggers of published versions, by what they listen to. */
import type { EventSource } from '../../contracts/events.ts';
import type { Listening, SubscriptionKind } from '../../contracts/listening.ts';
import type { NewSubscription } from '../../contracts/subscriptions.ts';
import type { Sql } from '../sql.ts';
import { isVisible, type Visible } from './grants.ts';

/** A trigger that listens, with all that starting a run of it needs. */
export interface Listener extends Listening {
  workspace: string;
  automation: { id: string; name: string };
  version: { id: string; number: number };
  /** The trigger node. */
  node: string;
}

/** An automation that can be called, for those who are told what they may call. */
export interface CallableAutomation {
  automation: { id: string; name: string };
  description: string;
  version: { id: string; number: number };
  /** The trigger node. */
  node: string;
}

export interface SubscriptionsRepository {
  /** Those of one automation that is published. */
  ofAutomation(automation: string): Promise<Listener[]>;
  /** Every trigger of the workspace that listens to this. */
  listeners(kind: SubscriptionKind, key: string): Promise<Listener[]>;
  /** Every trigger that listens to one of these: still one look into the index. */
  listenersToAny(kind: SubscriptionKind, keys: readonly string[]): Promise<Listener[]>;
  /** What is published with a trigger "When called", 1,000 at most, by name. */
  callable(visible: Visible): Promise<CallableAutomation[]>;
}

/** Crosses workspaces: who sends a form or a mail has none yet. In a deleted workspace nobody listens. */
export interface SubscriptionFinder {
  /** The one listener at an address. */
  find(kind: 'form' | 'mail', key: string): Promise<Listener | undefined>;
  /** All listeners of a kind, of every workspace: for those that a clock drives. */
  all(kind: SubscriptionKind): Promise<Listener[]>;
}

interface Row {
  kind: SubscriptionKind;
  key: string;
  workspace: string;
  automation: string;
  automation_name: string;
  version: string;
  version_number: number;
  node: string;
}

const columns = 'kind, key, workspace, automation, automation_name, version, version_number, node';

export function createSubscriptionFinder(sql: Sql): SubscriptionFinder {
  return {
    async find(kind, key) {
      const [row] = await sql.query<Row>(
        `select ${columns} from subscriptions where kind = $1 and key = $2 and not suspended`,
        [kind, key],
      );
      return row && toListener(row);
    },

    async all(kind) {
      const rows = await sql.query<Row>(
        `select ${columns} from subscriptions where kind = $1 and not suspended order by automation, node`,
        [kind],
      );
      return rows.map(toListener);
    },
  };
}

export function createSubscriptionsRepository(sql: Sql, workspace: string): SubscriptionsRepository {
  return {
    async ofAutomation(automation) {
      const rows = await sql.query<Row>(
        `select ${columns} from subscriptions
         where workspace = $1 and automation = $2 and not suspended order by node, kind, key`,
        [workspace, automation],
      );
      return rows.map(toListener);
    },

    async listeners(kind, key) {
      const rows = await sql.query<Row>(
        `select ${columns} from subscriptions
         where workspace = $1 and kind = $2 and key = $3 and not suspended order by automation, node`,
        [workspace, kind, key],
      );
      return rows.map(toListener);
    },

    async callable(visible) {
      const parameters: unknown[] = [workspace];
      const shown = isVisible(visible, 'automation', 's.automation', (value) => `$${parameters.push(value)}`);
      const rows = await sql.query<Omit<Row, 'kind' | 'key' | 'workspace'> & { description: string }>(
        `select s.automation, a.name as automation_name, a.description, s.version, s.version_number, s.node
         from subscriptions s join automations a on a.id = s.automation
         where s.workspace = $1 and s.kind = 'sub-automation' and not s.suspended and a.deleted_at is null
           ${shown ? `and ${shown}` : ''}
         order by lower(a.name), a.id limit 1000`,
        parameters,
      );
      return rows.map(({ automation, automation_name, version, version_number, node, description }) => ({
        automation: { id: automation, name: automation_name },
        version: { id: version, number: version_number },
        ...{ node, description },
      }));
    },

    async listenersToAny(kind, keys) {
      const rows = await sql.query<Row>(
        `select ${columns} from subscriptions
         where workspace = $1 and kind = $2 and key = any($3::text[]) and not suspended order by automation, node`,
        [workspace, kind, `{${keys.map((key) => JSON.stringify(key)).join(',')}}`],
      );
      return rows.map(toListener);
    },
  };
}

/** What Hiviex tells of an automation is not news to itself: it would go round for ever. */
export function isNewsTo({ automation }: Pick<Listener, 'automation'>, source: EventSource): boolean {
  return source.kind !== 'system' || automation.id !== source.automation;
}

/** Thrown to undo the publishing transaction when another automation has the address. */
export class AddressTaken extends Error {
  readonly subscription: NewSubscription;
  constructor(subscription: NewSubscription) {
    super(`${subscription.kind} ${subscription.key} is taken`);
    this.subscription = subscription;
  }
}

/** Within the transaction that publishes. @throws AddressTaken */
export async function replaceSubscriptions(
  sql: Sql,
  { workspace, automation, version }: Pick<Listener, 'workspace' | 'automation' | 'version'>,
  subscriptions: readonly NewSubscription[],
): Promise<void> {
  await removeSubscriptions(sql, workspace, automation.id);
  for (const subscription of subscriptions) {
    // `do nothing` rather than an error: a failed statement would spoil the transaction on the way to a typed result.
    const inserted = await sql.query(
      `insert into subscriptions (automation, node, kind, key, workspace, automation_name, version, version_number)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning node`,
      [
        automation.id,
        subscription.node,
        subscription.kind,
        subscription.key,
        workspace,
        automation.name,
        version.id,
        version.number,
      ],
    );
    if (inserted.length === 0) throw new AddressTaken(subscription);
  }
}

export async function removeSubscriptions(sql: Sql, workspace: string, automation: string): Promise<void> {
  await sql.query('delete from subscriptions where workspace = $1 and automation = $2', [
    workspace,
    automation,
  ]);
}

function toListener(row: Row): Listener {
  return {
    kind: row.kind,
    key: row.key,
    workspace: row.workspace,
    automation: { id: row.automation, name: row.automation_name },
    version: { id: row.version, number: row.version_number },
    node: row.node,
  };
}
