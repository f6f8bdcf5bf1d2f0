/** The audit log, by page and as a file. What gets a row: `api/audit/trail.ts`. */
import { auditPage, exportAudit, listAudit } from '../../contracts/api/audit.ts';
import { audit } from '../audit/audit.ts';
import { auditCsv } from '../audit/audit-csv.ts';
import { defineRoute } from '../route.ts';

const tag = 'audit';

export const list = defineRoute({
  method: 'get',
  path: '/audit',
  summary: 'What was done in the workspace, newest first',
  description:
    '`actor` is the id of a person or API key, `resource` that of a thing; `from` is included, `to` is not.',
  tag,
  auth: 'audit.view',
  query: listAudit,
  responses: { 200: auditPage },
  handler: async ({ principal, query }, { db }) => ({
    status: 200,
    body: await db.inWorkspace(principal.workspace, ({ auditEvents }) => auditEvents.list(query)),
  }),
});

export const exportCsv = defineRoute({
  method: 'get',
  path: '/audit.csv',
  summary: 'The audit log as CSV',
  description:
    'All that the filters let through, newest first. Cells that a spreadsheet would take for a formula begin with an apostrophe.',
  tag,
  auth: 'audit.view',
  query: exportAudit,
  responses: { 200: 'text/csv' },
  handler: async ({ principal, query, request }, deps) => {
    const { workspace } = principal;
    // Who takes the whole log away is worth a line in it.
    await audit(deps, { principal, request }, { action: 'audit.export', after: { ...query } });
    const page = (cursor: string | undefined) =>
      deps.db.inWorkspace(workspace, ({ auditEvents }) => auditEvents.list({ ...query, cursor, limit: 500 }));
    return {
      status: 200,
      body: auditCsv(page),
      headers: { 'content-disposition': 'attachment; filename="audit.csv"' },
    };
  },
});
