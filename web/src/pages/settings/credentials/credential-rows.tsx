import { Anchor, Badge, Box, Group, Table, Text, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconPlugConnected,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import { grantLevelTexts, reaches } from '../../../../../contracts/access/roles.ts';
import type { Credential } from '../../../../../contracts/api/credentials.ts';
import { findCredentialType } from '../../../../../contracts/credentials/index.ts';
import { ListTable } from '../../../components/list-frame.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import { common } from '../../../i18n/common.ts';
import { credentialsText } from '../../../i18n/credentials.ts';
import { useT } from '../../../i18n/language.ts';
import { CredentialIcon } from './credential-icon.tsx';
import { CredentialMenu } from './credential-menu.tsx';

export interface CredentialRowsProps {
  credentials: readonly Credential[];
  onEdit(credential: Credential): void;
  onShare(credential: Credential): void;
}

export function CredentialRows({ credentials, onEdit, onShare }: CredentialRowsProps) {
  const t = useT();
  return (
    <ListTable
      columns={[
        { label: t(credentialsText.name) },
        { label: t(credentialsText.tested), width: 190, visibleFrom: 'sm' },
        { label: t(credentialsText.lastUsed), width: 140, visibleFrom: 'lg' },
        { label: t(credentialsText.level), width: 150, visibleFrom: 'md' },
        { label: t(common.more), width: 60, unlabelled: true },
      ]}
    >
      {credentials.map((credential) => (
        <Table.Tr key={credential.id} data-testid="credential-row">
          <Table.Td>
            <Group gap="sm" wrap="nowrap">
              <CredentialIcon type={credential.type} />
              <Box miw={0}>
                <Name credential={credential} onEdit={() => onEdit(credential)} />
                <Kind credential={credential} />
                <Box hiddenFrom="sm" mt={2}>
                  <Tested credential={credential} />
                </Box>
              </Box>
            </Group>
          </Table.Td>
          <Table.Td visibleFrom="sm">
            <Tested credential={credential} />
          </Table.Td>
          <Table.Td visibleFrom="lg">
            {credential.lastUsedAt ? (
              <TimeAgo at={credential.lastUsedAt} />
            ) : (
              <Text size="sm" c="dimmed">
                {t(credentialsText.neverUsed)}
              </Text>
            )}
          </Table.Td>
          <Table.Td visibleFrom="md">
            <Text size="sm" c="dimmed">
              {t(grantLevelTexts[credential.level])}
            </Text>
          </Table.Td>
          <Table.Td py={0}>
            <CredentialMenu
              credential={credential}
              onEdit={() => onEdit(credential)}
              onShare={() => onShare(credential)}
            />
          </Table.Td>
        </Table.Tr>
      ))}
    </ListTable>
  );
}

function Name({ credential: { name, level }, onEdit }: { credential: Credential; onEdit(): void }) {
  if (!reaches(level, 'edit'))
    return (
      <Text fw={600} truncate>
        {name}
      </Text>
    );
  return (
    <Anchor
      component="button"
      type="button"
      c="inherit"
      fw={600}
      maw="100%"
      truncate
      display="block"
      onClick={onEdit}
    >
      {name}
    </Anchor>
  );
}

function Kind({ credential: { type } }: { credential: Credential }) {
  const t = useT();
  const kind = findCredentialType(type);
  return (
    <Text size="sm" c="dimmed" truncate>
      {kind ? t(kind.label) : type}
    </Text>
  );
}

/** Whether it is connected where it has to be; else how its last test went. */
function Tested({ credential: { connected, tested } }: { credential: Credential }) {
  const t = useT();
  if (connected !== undefined)
    return (
      <Badge
        variant="light"
        color={connected ? 'green' : 'yellow'}
        tt="none"
        fw={600}
        leftSection={connected ? <IconPlugConnected size={13} /> : <IconPlugConnectedX size={13} />}
      >
        {t(connected ? credentialsText.connected : credentialsText.notConnected)}
      </Badge>
    );
  if (!tested)
    return (
      <Text size="sm" c="dimmed">
        {t(credentialsText.neverTested)}
      </Text>
    );
  return (
    <Group gap="xs">
      <Tooltip label={t(tested.passed ? credentialsText.testPassed : credentialsText.testFailed)}>
        <Badge
          variant="light"
          color={tested.passed ? 'green' : 'red'}
          tt="none"
          fw={600}
          leftSection={tested.passed ? <IconCircleCheck size={13} /> : <IconAlertTriangle size={13} />}
        >
          {t(tested.passed ? credentialsText.passed : credentialsText.failed)}
        </Badge>
      </Tooltip>
      <TimeAgo at={tested.at} />
    </Group>
  );
}
