/** A collection that the API gives by page, as one list of what has been fetched. */
import { type InfiniteData, keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { queryString, request } from './client.ts';

export interface Page<T> {
  items: T[];
  nextCursor?: string | undefined;
}

export interface PagesOptions<T> {
  enabled?: boolean;
  /** What was asked before (other words, another filter) stays shown until the answer is here. */
  keepsOthers?: boolean;
  /** In how many milliseconds to look again, by what is there; false: not by itself. */
  refetchInterval?(items: readonly T[]): number | false;
}

/** @param query of the address; the cursor is added */
export function usePages<T>(
  queryKey: QueryKey,
  path: string,
  query: Parameters<typeof queryString>[0],
  { enabled = true, keepsOthers = true, refetchInterval }: PagesOptions<T> = {},
) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) =>
      request<Page<T>>('GET', `${path}${queryString({ ...query, cursor: pageParam })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    select: itemsOf,
    enabled,
    placeholderData: keepsOthers ? keepPreviousData : undefined,
    refetchInterval: ({ state }) => refetchInterval?.(state.data ? itemsOf(state.data) : []) ?? false,
  });
}

function itemsOf<T>({ pages }: InfiniteData<Page<T>>): T[] {
  return pages.flatMap(({ items }) => items);
}
