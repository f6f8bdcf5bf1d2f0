/** "It is really me": the password again or, for who has none, a code of the second factor. Who has neither just goes on. */
import { Button } from '@mantine/core';
import type { Account, WithPassword } from '../../../../contracts/api/account.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { SessionForm } from '../session/session-form.tsx';

export interface ProveFormProps {
  user: NonNullable<Account['user']>;
  action: string;
  request: { error: unknown; isPending: boolean };
  onProof(proof: WithPassword): void;
}

export function ProveForm({ user, action, request, onProof }: ProveFormProps) {
  const shared = { action, request, testId: 'prove', size: 'sm', username: user.email } as const;
  if (user.hasPassword)
    return (
      <SessionForm
        {...shared}
        fields={['password']}
        focus="password"
        onSubmit={({ password }) => onProof({ password })}
      />
    );
  if (user.secondFactor)
    return (
      <SessionForm {...shared} fields={['code']} focus="code" onSubmit={({ code }) => onProof({ code })} />
    );
  return (
    <>
      {request.error !== null && <ErrorNotice error={request.error} />}
      <Button size="sm" mt="sm" loading={request.isPending} onClick={() => onProof({})} data-testid="prove">
        {action}
      </Button>
    </>
  );
}
