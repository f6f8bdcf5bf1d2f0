/** The audit log as CSV (RFC 4180, UTF-8), read page by page as fast as the caller takes it. */
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { AuditEvent } from '../../contracts/api/audit.ts';
import type { Page } from '../../db/index.ts';

/** @param page reads the page after `cursor` */
export function auditCsv(page: (cursor: string | undefined) => Promise<Page<AuditEvent>>): Readable {
  async function* rows() {
    for (let cursor: string | undefined, more = true; more; ) {
      const { items, nextCursor } = await page(cursor);
      yield* items.map(toRow);
      cursor = nextCursor;
      more = cursor !== undefined;
    }
  }
  const csv = stringify({
    header: true,
    record_delimiter: 'windows',
    // Names are chosen by users, and whoever opens the file in a spreadsheet must not run them: =cmd|… becomes '=cmd|….
    escape_formulas: true,
  });
  const source = Readable.from(rows());
  source.once('error', (error) => csv.destroy(error));
  csv.once('close', () => source.destroy());
  return source.pipe(csv);
}

function toRow({ id, at, actor, action, outcome, resource, ip, userAgent, before, after }: AuditEvent) {
  return {
    at,
    action,
    outcome,
    actor_type: actor.type,
    actor_id: actor.id,
    actor_name: actor.name,
    resource_type: resource?.type,
    resource_id: resource?.id,
    resource_name: resource?.name,
    ip,
    user_agent: userAgent,
    before: before && JSON.stringify(before),
    after: after && JSON.stringify(after),
    id,
  };
}
