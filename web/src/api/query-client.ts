import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from './problem-error.ts';

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error, query) {
      // The session ended meanwhile: asking again who is here leads to the sign-in page and back.
      if (error instanceof ProblemError && error.status === 401 && query.queryKey[0] !== 'account')
        void queryClient.resetQueries({ queryKey: ['account'] });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A 4xx stays one; only a server that was away may be back.
      retry: (count, error) =>
        count < 2 && !(error instanceof ProblemError && error.status >= 400 && error.status < 500),
    },
  },
});
