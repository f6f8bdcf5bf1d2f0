/** In place of a page while what it shows is asked for, and where it can't be had: why, or that there is no such thing. */
import { Center, Loader, Skeleton } from '@mantine/core';
import { ProblemError } from '../api/problem-error.ts';
import { ErrorNotice } from '../components/error-notice.tsx';
import { Page } from '../components/page.tsx';
import { NotFoundPage } from './not-found-page.tsx';

export interface PendingPageProps {
  /** As React Query gives it. */
  query: { error: unknown; refetch(): unknown };
  /** Left out: the page that is to come has no such heading. */
  title?: string;
  wide?: boolean;
}

export function PendingPage({ query: { error, refetch }, title, wide = false }: PendingPageProps) {
  if (error instanceof ProblemError && error.status === 404) return <NotFoundPage />;
  const problem = error ? <ErrorNotice error={error} onRetry={refetch} /> : undefined;
  if (title === undefined)
    return (
      <Center flex={1} p="md">
        {problem ?? <Loader />}
      </Center>
    );
  return (
    <Page title={title} wide={wide}>
      {problem ?? <Skeleton height={320} />}
    </Page>
  );
}
