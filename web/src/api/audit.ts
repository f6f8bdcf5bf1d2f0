/** The audit log. */
import type { z } from 'zod';
import type { AuditEvent, exportAudit } from '../../../contracts/api/audit.ts';
import { apiRoot, queryString } from './client.ts';
import { usePages } from './use-pages.ts';

export type AuditFilters = z.input<typeof exportAudit>;

export function useAudit(filters: AuditFilters) {
  return usePages<AuditEvent>(['audit', filters], '/audit', { ...filters, limit: 50 });
}

/** The address of the same as a file. */
export const auditCsvUrl = (filters: AuditFilters) => `${apiRoot}/audit.csv${queryString(filters)}`;
