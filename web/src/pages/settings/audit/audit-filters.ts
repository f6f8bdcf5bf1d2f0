/** The filters of the audit page as its address holds them: `?actor=&action=&outcome=&from=2026-01-30&to=2026-01-31`. */
import { auditOutcome } from '../../../../../contracts/api/audit.ts';
import type { AuditFilters } from '../../../api/audit.ts';

/** Days are the person's own, from their first moment to the last; what is no day is left out. */
export function readAuditFilters(search: URLSearchParams): AuditFilters {
  const outcome = auditOutcome.safeParse(search.get('outcome')).data;
  const from = startOfDay(search.get('from'));
  const to = startOfDay(search.get('to'), 1);
  return {
    ...textOf(search, 'actor'),
    ...textOf(search, 'action'),
    ...textOf(search, 'resource'),
    ...(outcome && { outcome }),
    ...(from && { from }),
    ...(to && { to }),
  };
}

function textOf(search: URLSearchParams, name: 'actor' | 'action' | 'resource') {
  const value = search.get(name)?.slice(0, 64);
  return value ? { [name]: value } : {};
}

/** @param later days */
function startOfDay(day: string | null, later = 0): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? [];
  const moment = new Date(Number(year), Number(month) - 1, Number(date) + later);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
