/** API keys as rows of a table: what each is for, what it may, when it was used last and until when it works. */
import { ActionIcon, Badge, Code, Group, Table, Text, Tooltip } from '@mantine/core';
import { IconRobot, IconTrash } from '@tabler/icons-react';
import { roleTexts } from '../../../../../contracts/access/roles.ts';
import type { ApiKey } from '../../../../../contracts/api/keys.ts';
import { type KeysOf, useDeleteKey } from '../../../api/keys.ts';
import { useCan } from '../../../api/session.ts';
import { useConfirm } from '../../../components/confirm.tsx';
import { notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { ListTable } from '../../../components/list-frame.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import { scopeTexts } from '../../../i18n/access.ts';
import { common } from '../../../i18n/common.ts';
import { keysText } from '../../../i18n/keys.ts';
import { useT } from '../../../i18n/language.ts';

export function KeyRows({ of, keys }: { of: KeysOf; keys: readonly ApiKey[] }) {
  const t = useT();
  const [ask, dialog] = useConfirm();
  const remove = useDeleteKey(of);
  const mayManage = useCan('key.manage');
  const mayDelete = of === 'personal' || mayManage;
  const askDelete = ({ id, name }: ApiKey) =>
    ask({
      title: t(keysText.deleteTitle, { name }),
      text: t(keysText.deleteText),
      action: t(common.delete),
      onYes: () =>
        remove.mutate(id, {
          onError: notifyError,
          onSuccess: () => notifyDone(t(keysText.deleted, { name })),
        }),
    });
  return (
    <>
      <ListTable
        columns={[
          { label: t(keysText.key) },
          ...(of === 'workspace'
            ? [{ label: t(keysText.actsFor), width: 210, visibleFrom: 'sm' as const }]
            : []),
          { label: t(keysText.lastUsed), width: 140, visibleFrom: 'md' },
          { label: t(keysText.expires), width: 120, visibleFrom: 'sm' },
          { label: t(common.delete), width: 60, unlabelled: true },
        ]}
      >
        {keys.map((key) => (
          <Table.Tr key={key.id} data-testid="key-row">
            <Table.Td>
              <Group gap="xs">
                <Text fw={600}>{key.name}</Text>
                <Code>{key.prefix}…</Code>
              </Group>
              <Text size="sm" c="dimmed">
                {key.scopes
                  ? t(keysText.someScopes, {
                      scopes: key.scopes.map((scope) => t(scopeTexts[scope])).join(' · '),
                    })
                  : t(keysText.allScopes)}
              </Text>
              {key.createdBy && <MadeBy name={key.createdBy.name} />}
              <Group hiddenFrom="sm" gap={6}>
                {of === 'workspace' && (
                  <Text size="sm" c="dimmed">
                    {[
                      key.kind === 'service' ? t(keysText.service) : key.user?.name,
                      t(roleTexts[key.role].name),
                    ].join(' · ')}
                  </Text>
                )}
                <Group gap={6}>
                  <Text size="sm" c="dimmed">
                    {t(keysText.expires)}:
                  </Text>
                  <Expiry at={key.expiresAt} />
                </Group>
              </Group>
            </Table.Td>
            {of === 'workspace' && (
              <Table.Td visibleFrom="sm">
                <ActsFor apiKey={key} />
              </Table.Td>
            )}
            <Table.Td visibleFrom="md">
              {key.lastUsedAt ? (
                <TimeAgo at={key.lastUsedAt} />
              ) : (
                <Text size="sm" c="dimmed">
                  {t(keysText.neverUsed)}
                </Text>
              )}
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <Expiry at={key.expiresAt} />
            </Table.Td>
            <Table.Td py={0}>
              {mayDelete && (
                <Tooltip label={t(common.delete)}>
                  <ActionIcon
                    aria-label={t(keysText.deleteLabel, { name: key.name })}
                    onClick={() => askDelete(key)}
                    data-testid="delete-key"
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Tooltip>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </ListTable>
      {dialog}
    </>
  );
}

function ActsFor({ apiKey: { kind, user, role } }: { apiKey: ApiKey }) {
  const t = useT();
  return (
    <div>
      {kind === 'service' ? (
        <Group gap={6} wrap="nowrap">
          <IconRobot size={16} stroke={1.7} aria-hidden />
          <Text size="sm">{t(keysText.service)}</Text>
        </Group>
      ) : (
        <Text size="sm" truncate>
          {user?.name}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t(roleTexts[role].name)}
      </Text>
    </div>
  );
}

/** A service account outlives its maker's membership: who left may still have the key. */
function MadeBy({ name }: { name: string | undefined }) {
  const t = useT();
  if (name !== undefined)
    return (
      <Text size="sm" c="dimmed">
        {t(keysText.madeBy, { name })}
      </Text>
    );
  return (
    <Tooltip label={t(keysText.makerGoneHelp)} multiline maw={280}>
      <Badge color="orange" variant="light" tt="none" tabIndex={0} data-testid="maker-gone">
        {t(keysText.makerGone)}
      </Badge>
    </Tooltip>
  );
}

function Expiry({ at }: { at: string | undefined }) {
  const t = useT();
  if (at === undefined)
    return (
      <Text size="sm" c="dimmed">
        {t(keysText.never)}
      </Text>
    );
  if (Date.parse(at) > Date.now()) return <TimeAgo at={at} />;
  return (
    <Badge color="red" variant="light" tt="none">
      {t(keysText.expired)}
    </Badge>
  );
}
