import { Alert } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useConnection } from '../api/socket.ts';
import { common } from '../i18n/common.ts';
import { useT } from '../i18n/language.ts';

/** Shown when the live connection has been down for two seconds: shorter breaks concern nobody. */
export function OfflineBanner() {
  const t = useT();
  const offline = useConnection((connection) => connection.state === 'offline');
  const [steady] = useDebouncedValue(offline, 2_000);
  if (!offline || !steady) return null;
  return (
    <Alert role="status" color="yellow" variant="light" radius={0} p="xs" icon={<IconPlugConnectedX />}>
      {t(common.offline)}
    </Alert>
  );
}
