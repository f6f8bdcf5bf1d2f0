/** Lets only those in who are signed in; others go to the set-up page or the sign-in page and come back after. */
import { Center, Loader } from '@mantine/core';
import { Navigate, Outlet, useLocation } from 'react-router';
import { ProblemError } from '../api/problem-error.ts';
import { useAccount, useInstance } from '../api/session.ts';
import { ErrorNotice } from '../components/error-notice.tsx';

export function RequireAccount() {
  const location = useLocation();
  const instance = useInstance();
  const account = useAccount();
  if (instance.data?.setupNeeded && !account.data) return <Navigate to="/setup" replace />;
  if (account.data) return <Outlet />;
  if (account.error instanceof ProblemError && account.error.status === 401 && instance.data) {
    const back = location.pathname + location.search;
    return <Navigate to={back === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(back)}`} replace />;
  }
  const error = account.error ?? instance.error;
  return (
    <Center h="100vh" p="md">
      {error ? (
        <ErrorNotice error={error} onRetry={() => Promise.all([account.refetch(), instance.refetch()])} />
      ) : (
        <Loader />
      )}
    </Center>
  );
}
