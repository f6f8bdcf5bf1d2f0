/** The audit log. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AuditEvent, exportAudit } from '../../../contracts/api/audit.ts';
import type { Page } from './automations.ts';
import { apiRoot, queryString, request } from './client.ts';

export type AuditFilters = z.input<typeof exportAudit>;

export function useAudit(filters: AuditFilters) {
  return useInfiniteQuery({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam }) =>
      request<Page<AuditEvent>>('GET', `/audit${queryString({ ...filters, cursor: pageParam, limit: 50 })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (previous) => previous,
  });
}

/** The address of the same as a file. */
export const auditCsvUrl = (filters: AuditFilters) => `${apiRoot}/audit.csv${queryString(filters)}`;
