/** Approvals: what the person is asked, the lists, one with its form, and deciding. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { z } from 'zod';
import type { Approval, ApprovalSummary, decide } from '../../../contracts/api/approvals.ts';
import { request } from './client.ts';
import { liveSocket } from './socket.ts';
import { useChange } from './use-change.ts';
import { usePages } from './use-pages.ts';

export interface ApprovalFilters {
  state: 'open' | 'done';
  of: 'mine' | 'all';
  run?: string | undefined;
}

const all = ['approvals'] as const;

export function useApprovals(filters: ApprovalFilters, enabled = true) {
  return usePages<ApprovalSummary>(
    [...all, 'list', filters],
    '/approvals',
    { ...filters },
    { keepsOthers: false, enabled },
  );
}

export function useApprovalCount() {
  return useQuery({
    queryKey: [...all, 'count'],
    queryFn: () => request<{ open: number }>('GET', '/approvals/count'),
  });
}

export function useApproval(id: string) {
  return useQuery({
    queryKey: [...all, 'one', id],
    queryFn: () => request<Approval>('GET', `/approvals/${encodeURIComponent(id)}`),
  });
}

export function useDecide(id: string) {
  return useChange(
    (body: z.input<typeof decide>) =>
      request<Approval>('POST', `/approvals/${encodeURIComponent(id)}/decision`, { body }),
    all,
  );
}

/** Keeps every view of approvals fresh while it is shown. */
export function useLiveApprovals(): void {
  const client = useQueryClient();
  useEffect(() => {
    const live = liveSocket();
    const look = () => void client.invalidateQueries({ queryKey: all });
    live.on('approval:changed', look);
    live.on('connect', look);
    return () => {
      live.off('approval:changed', look);
      live.off('connect', look);
    };
  }, [client]);
}
