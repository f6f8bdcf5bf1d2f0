/**
 * The one frame of a list: filters, then its rows, or why there are none, or what went wrong; more on demand.
 *
 *     <ListFrame query={list} count={rows.length} empty={<TeachingEmpty …/>} filters={…}>
 *       <ListTable columns={[{ label: t(common.name) }]}>{rows.map(…)}</ListTable>
 *     </ListFrame>
 */
import {
  Button,
  Card,
  type MantineBreakpoint,
  Skeleton,
  Stack,
  type StyleProp,
  Table,
  VisuallyHidden,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { common } from '../i18n/common.ts';
import { useT } from '../i18n/language.ts';
import { ErrorNotice } from './error-notice.tsx';

export interface ListFrameProps {
  /** As React Query gives it; lists that come by page have the last three. */
  query: {
    data: unknown;
    error: unknown;
    isPending: boolean;
    refetch(): unknown;
    hasNextPage?: boolean;
    isFetchingNextPage?: boolean;
    fetchNextPage?(): unknown;
  };
  /** Of rows to show. */
  count: number;
  /** In place of the rows when there are none. */
  empty: ReactNode;
  /** Search and choices above the rows. */
  filters?: ReactNode;
  /** A table. */
  children: ReactNode;
}

export function ListFrame({ query, count, empty, filters, children }: ListFrameProps) {
  const t = useT();
  return (
    <Stack>
      {filters}
      {Boolean(query.error) && <ErrorNotice error={query.error} onRetry={query.refetch} />}
      {query.isPending && <Skeleton height={220} />}
      {count > 0 && (
        <Card p={0} withBorder>
          {children}
        </Card>
      )}
      {query.data !== undefined && count === 0 && empty}
      {query.hasNextPage && (
        <Button
          variant="default"
          onClick={() => query.fetchNextPage?.()}
          loading={query.isFetchingNextPage ?? false}
          mx="auto"
        >
          {t(common.loadMore)}
        </Button>
      )}
    </Stack>
  );
}

export interface ListColumn {
  label: string;
  /** In px; one column has none and takes the rest. */
  width?: StyleProp<number>;
  visibleFrom?: MantineBreakpoint;
  /** Of buttons: read out, not shown. */
  unlabelled?: boolean;
}

/** Its cells hide where their column does: `visibleFrom` of a `Table.Td` as of its column. */
export function ListTable({ columns, children }: { columns: readonly ListColumn[]; children: ReactNode }) {
  return (
    <Table highlightOnHover layout="fixed" verticalSpacing="sm" horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ label, width, visibleFrom, unlabelled }) => (
            <Table.Th
              key={label}
              {...(width !== undefined && { w: width })}
              {...(visibleFrom && { visibleFrom })}
            >
              {unlabelled ? <VisuallyHidden>{label}</VisuallyHidden> : label}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  );
}
