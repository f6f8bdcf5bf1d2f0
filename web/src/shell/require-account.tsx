/** Lets only those in who are signed in; others go to the set-up page or the sign-in page and come back after. */
import { Center, Loader } from '@mantine/core';
import { type Location, Navigate, Outlet, useLocation } from 'react-router';
import { isSignedOut, useAccount, useInstance } from '../api/session.ts';
import { ErrorNotice } from '../components/error-notice.tsx';
import { withWayBack } from '../lib/way-back.ts';

export function RequireAccount() {
  const location = useLocation();
  const instance = useInstance();
  const account = useAccount();
  // Before the data, which is then of whoever was here until now.
  if (isSignedOut(account.error) && !account.isFetching && instance.data) {
    if (instance.data.setupNeeded) return <Navigate to="/setup" replace />;
    return <Navigate to={withWayBack('/sign-in', address(location))} replace />;
  }
  if (account.data?.secondFactorDue)
    return <Navigate to={withWayBack('/sign-in/second-factor', address(location))} replace />;
  // A page starts anew in another workspace.
  if (account.data) return <Outlet key={account.data.workspace?.id ?? 'none'} />;
  const error = account.error ?? instance.error;
  return (
    <Center h="100vh" p="md">
      {error && !isSignedOut(error) ? (
        <ErrorNotice error={error} onRetry={() => Promise.all([account.refetch(), instance.refetch()])} />
      ) : (
        <Loader />
      )}
    </Center>
  );
}

function address({ pathname, search, hash }: Location): string {
  return pathname + search + hash;
}
