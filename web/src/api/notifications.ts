/** What happened while the person looked elsewhere. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Notification } from '../../../contracts/api/notifications.ts';
import { request } from './client.ts';
import { liveSocket } from './socket.ts';
import { useChange } from './use-change.ts';
import { usePages } from './use-pages.ts';

const all = ['notifications'] as const;

export function useNotifications(enabled: boolean) {
  return usePages<Notification>([...all, 'list'], '/notifications', { limit: 20 }, { enabled });
}

export function useUnreadCount() {
  return useQuery({
    queryKey: [...all, 'count'],
    queryFn: () => request<{ unread: number }>('GET', '/notifications/count'),
  });
}

/** Without ids: all. */
export const useReadNotifications = () =>
  useChange(
    (ids: string[] | undefined) => request<void>('POST', '/notifications/read', { body: ids ? { ids } : {} }),
    all,
  );

export function useLiveNotifications(): void {
  const client = useQueryClient();
  useEffect(() => {
    const live = liveSocket();
    const look = () => void client.invalidateQueries({ queryKey: all });
    live.on('notification:changed', look);
    live.on('connect', look);
    return () => {
      live.off('notification:changed', look);
      live.off('connect', look);
    };
  }, [client]);
}
