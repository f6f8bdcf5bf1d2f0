/** Whom one thing is shared with, and how far; members, groups or everybody. The same for every kind of thing. */
import {
  ActionIcon,
  Avatar,
  Button,
  Divider,
  Group,
  Modal,
  Select,
  Skeleton,
  Stack,
  Text,
  Tooltip,
} from '@mantine/core';
import { IconUsers, IconUsersGroup, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { type GrantLevel, grantLevels, grantLevelTexts } from '../../../../contracts/access/roles.ts';
import type { Grant } from '../../../../contracts/api/workspaces.ts';
import { type SharedThing, useGrants, usePutGrant, useRemoveGrant } from '../../api/grants.ts';
import { useGroups } from '../../api/groups.ts';
import { useMembers } from '../../api/members.ts';
import { useCan } from '../../api/session.ts';
import { useT } from '../../i18n/language.ts';
import { sharingText } from '../../i18n/sharing.ts';
import { ErrorNotice, notifyError } from '../error-notice.tsx';
import { type GranteeKey, granteeOf, keyOf } from './grantee-key.ts';

export interface ShareDialogProps {
  thing: SharedThing & { name: string };
  opened: boolean;
  onClose(): void;
}

export function ShareDialog({ thing, opened, onClose }: ShareDialogProps) {
  const t = useT();
  return (
    <Modal opened={opened} onClose={onClose} title={t(sharingText.title, { name: thing.name })} size="lg">
      <Sharing thing={thing} />
    </Modal>
  );
}

function Sharing({ thing }: { thing: SharedThing }) {
  const t = useT();
  const grants = useGrants(thing);
  const rows = grants.data ?? [];
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t(sharingText[thing.collection])}
      </Text>
      <AddGrant thing={thing} taken={rows} />
      <Divider />
      {grants.error && <ErrorNotice error={grants.error} onRetry={grants.refetch} />}
      {grants.isPending && <Skeleton height={64} />}
      {grants.data && rows.length === 0 && (
        <Text size="sm" c="dimmed" ta="center" py="sm">
          {t(sharingText[`${thing.collection}Nobody`])}
        </Text>
      )}
      {rows.map((grant) => (
        <GrantRow key={grant.id} thing={thing} grant={grant} />
      ))}
    </Stack>
  );
}

function AddGrant({ thing, taken }: { thing: SharedThing; taken: readonly Grant[] }) {
  const t = useT();
  const seesMembers = useCan('member.view');
  const seesGroups = useCan('group.view');
  const members = useMembers(seesMembers);
  const groups = useGroups(seesGroups);
  const put = usePutGrant(thing);
  const [chosen, setChosen] = useState<GranteeKey | null>(null);
  const [level, setLevel] = useState<GrantLevel>('use');
  const given = new Set(taken.map(({ grantee }) => keyOf(grantee)));
  const notGiven = ({ value }: { value: GranteeKey }) => !given.has(value);
  const data = [
    {
      group: t(sharingText.all),
      items: [{ value: keyOf({ type: 'everyone' }), label: t(sharingText.everyone) }].filter(notGiven),
    },
    {
      group: t(sharingText.groups),
      items: (groups.data ?? [])
        .map(({ id, name }) => ({ value: keyOf({ type: 'group', id }), label: name }))
        .filter(notGiven),
    },
    {
      group: t(sharingText.members),
      items: (members.data ?? [])
        .map(({ user, name, email }) => ({ value: keyOf({ type: 'user', id: user }), label: name || email }))
        .filter(notGiven),
    },
  ].filter(({ items }) => items.length > 0);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen === null) return;
        put.mutate(
          { grantee: granteeOf(chosen), level },
          { onError: notifyError, onSuccess: () => setChosen(null) },
        );
      }}
    >
      <Group align="flex-end" gap="xs">
        <Select
          label={t(sharingText.who)}
          placeholder={t(sharingText.whoPlaceholder)}
          data={data}
          value={chosen}
          onChange={(value) => setChosen(value as GranteeKey | null)}
          searchable
          nothingFoundMessage={t(sharingText.nobodyLeft)}
          flex={1}
          miw={200}
          data-autofocus
          data-testid="share-with"
        />
        <LevelSelect label={t(sharingText.level)} value={level} onChange={setLevel} />
        <Button type="submit" disabled={chosen === null} loading={put.isPending} data-testid="share">
          {t(sharingText.share)}
        </Button>
      </Group>
    </form>
  );
}

function GrantRow({ thing, grant }: { thing: SharedThing; grant: Grant }) {
  const t = useT();
  const put = usePutGrant(thing);
  const remove = useRemoveGrant(thing);
  const { id, grantee, granteeName, level } = grant;
  const name = grantee.type === 'everyone' ? t(sharingText.everyone) : granteeName;
  const label = t(sharingText.stop, { name });
  return (
    <Group wrap="nowrap" gap="sm" data-testid="grant-row">
      {grantee.type === 'user' ? (
        <Avatar name={name} color="initials" size={32} />
      ) : (
        <Avatar size={32}>
          {grantee.type === 'group' ? <IconUsersGroup size={18} /> : <IconUsers size={18} />}
        </Avatar>
      )}
      <Text size="sm" fw={500} flex={1} miw={0} truncate>
        {name}
      </Text>
      <LevelSelect
        ariaLabel={t(sharingText.levelOf, { name })}
        value={level}
        disabled={put.isPending}
        onChange={(next) => put.mutate({ grantee, level: next }, { onError: notifyError })}
      />
      <Tooltip label={label}>
        <ActionIcon
          aria-label={label}
          loading={remove.isPending}
          onClick={() => remove.mutate(id, { onError: notifyError })}
        >
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

interface LevelSelectProps {
  label?: string;
  ariaLabel?: string;
  value: GrantLevel;
  disabled?: boolean;
  onChange(level: GrantLevel): void;
}

function LevelSelect({ label, ariaLabel, value, disabled = false, onChange }: LevelSelectProps) {
  const t = useT();
  return (
    <Select
      {...(label !== undefined && { label })}
      {...(ariaLabel !== undefined && { 'aria-label': ariaLabel })}
      data={grantLevels.map((one) => ({ value: one, label: t(grantLevelTexts[one]) }))}
      value={value}
      onChange={(next) => next !== null && next !== value && onChange(next as GrantLevel)}
      allowDeselect={false}
      disabled={disabled}
      w={160}
    />
  );
}
