import { QueryClient } from '@tanstack/react-query';
import { whenUnauthorized } from './client.ts';
import { ProblemError } from './problem-error.ts';

export const queryClient: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A 4xx stays one; only a server that was away may be back.
      retry: (count, error) =>
        count < 2 && !(error instanceof ProblemError && error.status >= 400 && error.status < 500),
    },
  },
});

/** Asks again who is here; when it is nobody any more, the way leads to the sign-in page and back. */
export function checkAccount(): void {
  const account = queryClient.getQueryState(['account']);
  if (account?.data !== undefined && account.fetchStatus === 'idle')
    void queryClient.invalidateQueries({ queryKey: ['account'] });
}

whenUnauthorized(checkAccount);
