/** Publishing: freezes a graph as an immutable version and points the automation's webhooks and subscriptions at it, all or nothing. */
import { ulid } from 'ulid';
import type { VersionSummary } from '../../contracts/api/automations.ts';
import type { Graph } from '../../contracts/graph.ts';
import type { SubscriptionKind } from '../../contracts/listening.ts';
import { subscriptionsOf } from '../../contracts/subscriptions.ts';
import { type Sql, toMoment } from '../sql.ts';
import { contentHash } from './content-hash.ts';
import { AddressTaken, replaceSubscriptions } from './subscriptions.ts';

export interface WebhookRoute {
  node: string;
  /** Upper case. */
  method: string;
  /** Without the leading slash and `hooks/`. */
  path: string;
}

export interface PublishInput {
  graph: Graph;
  webhooks: WebhookRoute[];
  /** The user's id, when a person published. */
  by?: string | undefined;
  /** What the publisher says about it; of a version that is there already it replaces what was said. */
  note?: string | undefined;
}

export type PublishResult =
  | { kind: 'published'; version: VersionSummary }
  | { kind: 'path-taken'; method: string; path: string }
  | { kind: 'address-taken'; of: SubscriptionKind; address: string }
  | { kind: 'not-found' };

interface VersionRow {
  id: string;
  number: number;
  hash: string;
  created_at: string;
  created_by: string | null;
  note: string | null;
}

/** Thrown to undo the transaction when another automation holds a route. */
class PathTaken extends Error {
  readonly route: WebhookRoute;
  constructor(route: WebhookRoute) {
    super(`${route.method} ${route.path} is taken`);
    this.route = route;
  }
}

/** The newest version is used again when it holds the same graph: publishing twice makes one version. */
export async function publish(
  sql: Sql,
  workspace: string,
  automation: string,
  { graph, webhooks, by, note }: PublishInput,
): Promise<PublishResult> {
  try {
    return await sql.transaction(async (inside) => {
      // The row lock makes two publishers of one automation take turns, so that numbers have no gap and no double.
      const [found] = await inside.query<{ name: string }>(
        'select name from automations where workspace = $1 and id = $2 and deleted_at is null for update',
        [workspace, automation],
      );
      if (!found) return { kind: 'not-found' };
      const version = await freeze(inside, workspace, automation, { graph, by, note });
      await inside.query('update automations set published_version = $3 where workspace = $1 and id = $2', [
        workspace,
        automation,
        version.id,
      ]);
      const published = { id: automation, name: found.name };
      await replaceWebhooks(inside, workspace, published, version, webhooks);
      await replaceSubscriptions(
        inside,
        { workspace, automation: published, version },
        subscriptionsOf(graph),
      );
      return { kind: 'published', version };
    });
  } catch (error) {
    if (error instanceof PathTaken) {
      return { kind: 'path-taken', method: error.route.method, path: error.route.path };
    }
    if (error instanceof AddressTaken) {
      return { kind: 'address-taken', of: error.subscription.kind, address: error.subscription.key };
    }
    throw error;
  }
}

async function freeze(
  sql: Sql,
  workspace: string,
  automation: string,
  { graph, by, note }: Pick<PublishInput, 'graph' | 'by' | 'note'>,
): Promise<VersionSummary> {
  const hash = contentHash(graph);
  const [newest] = await sql.query<VersionRow>(
    `select id, number, hash, created_at, created_by, note from versions
     where workspace = $1 and automation = $2 order by number desc limit 1`,
    [workspace, automation],
  );
  if (newest && newest.hash === hash) {
    if (note === undefined) return toSummary(newest);
    await sql.query('update versions set note = $3 where workspace = $1 and id = $2', [
      workspace,
      newest.id,
      note,
    ]);
    return toSummary({ ...newest, note });
  }
  const [created] = await sql.query<VersionRow>(
    `insert into versions (id, workspace, automation, number, hash, graph, created_by, created_at, note)
     values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8, $9) returning id, number, hash, created_at, created_by, note`,
    [
      ulid(),
      workspace,
      automation,
      (newest?.number ?? 0) + 1,
      hash,
      JSON.stringify(graph),
      by ?? null,
      new Date().toISOString(),
      note ?? null,
    ],
  );
  if (!created) throw new Error('A version was inserted and not returned.');
  return toSummary(created);
}

async function replaceWebhooks(
  sql: Sql,
  workspace: string,
  automation: { id: string; name: string },
  version: VersionSummary,
  webhooks: WebhookRoute[],
): Promise<void> {
  await sql.query('delete from webhooks where workspace = $1 and automation = $2', [
    workspace,
    automation.id,
  ]);
  for (const route of webhooks) {
    // `do nothing` rather than an error: a failed statement would spoil the transaction on the way to a typed result.
    const inserted = await sql.query(
      `insert into webhooks (method, path, workspace, automation, automation_name, version, version_number, node)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (path, method) do nothing returning node`,
      [
        route.method,
        route.path,
        workspace,
        automation.id,
        automation.name,
        version.id,
        version.number,
        route.node,
      ],
    );
    if (inserted.length === 0) throw new PathTaken(route);
  }
}

function toSummary(row: VersionRow): VersionSummary {
  return {
    id: row.id,
    number: row.number,
    hash: row.hash,
    published: true,
    createdAt: toMoment(row.created_at),
    ...(row.created_by === null ? {} : { createdBy: row.created_by }),
    ...(row.note ? { note: row.note } : {}),
  };
}
