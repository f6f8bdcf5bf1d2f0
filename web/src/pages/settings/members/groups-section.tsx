/** Groups of members. */
import {
  ActionIcon,
  Avatar,
  Button,
  Modal,
  MultiSelect,
  Group as Row,
  Table,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconPencil, IconPlus, IconTrash, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import type { Group, Member } from '../../../../../contracts/api/workspaces.ts';
import { useDeleteGroup, useGroups, useSaveGroup } from '../../../api/groups.ts';
import { useCan } from '../../../api/session.ts';
import { useConfirm } from '../../../components/confirm.tsx';
import { DialogForm } from '../../../components/dialog-form.tsx';
import { notifyDone, notifyError } from '../../../components/error-notice.tsx';
import { ListFrame, ListTable } from '../../../components/list-frame.tsx';
import { Section } from '../../../components/section.tsx';
import { TeachingEmpty } from '../../../components/teaching-empty.tsx';
import { common } from '../../../i18n/common.ts';
import { useT } from '../../../i18n/language.ts';
import { membersText } from '../../../i18n/members.ts';

/** `new`, or the one that is edited. */
type Edited = 'new' | Group;

export function GroupsSection({ members }: { members: readonly Member[] }) {
  const t = useT();
  const groups = useGroups();
  const mayManage = useCan('group.manage');
  const [edited, setEdited] = useState<Edited>();
  const [opened, setOpened] = useState(false);
  const edit = (what: Edited) => {
    setEdited(what);
    setOpened(true);
  };
  const rows = groups.data ?? [];
  const button = mayManage && (
    <Button
      size="sm"
      variant="default"
      leftSection={<IconPlus size={16} />}
      onClick={() => edit('new')}
      data-testid="new-group"
    >
      {t(membersText.newGroup)}
    </Button>
  );
  return (
    <Section
      title={t(membersText.groups)}
      help={t(membersText.groupsText)}
      actions={rows.length > 0 && button}
      bare
    >
      <ListFrame
        query={groups}
        count={rows.length}
        empty={
          <TeachingEmpty icon={<IconUsersGroup />} title={t(membersText.noGroupTitle)} actions={button}>
            {t(membersText.noGroupText)}
          </TeachingEmpty>
        }
      >
        <ListTable
          columns={[
            { label: t(membersText.group) },
            { label: t(membersText.title), width: { base: 120, sm: 320 } },
            { label: t(common.more), width: 96, unlabelled: true },
          ]}
        >
          {rows.map((group) => (
            <GroupRow key={group.id} group={group} mayManage={mayManage} onEdit={() => edit(group)} />
          ))}
        </ListTable>
      </ListFrame>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t(edited === 'new' ? membersText.newGroup : membersText.editGroup)}
      >
        {edited && <GroupForm edited={edited} members={members} onClose={() => setOpened(false)} />}
      </Modal>
    </Section>
  );
}

function GroupRow({ group, mayManage, onEdit }: { group: Group; mayManage: boolean; onEdit(): void }) {
  const t = useT();
  const [ask, dialog] = useConfirm();
  const remove = useDeleteGroup();
  const { id, name, members } = group;
  const askDelete = () =>
    ask({
      title: t(membersText.deleteGroupTitle, { name }),
      text: t(membersText.deleteGroupText),
      action: t(common.delete),
      onYes: () =>
        remove.mutate(id, {
          onError: notifyError,
          onSuccess: () => notifyDone(t(membersText.groupDeleted, { name })),
        }),
    });
  return (
    <Table.Tr data-testid="group-row">
      <Table.Td>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {t(membersText.memberCount, { count: members.length })}
        </Text>
      </Table.Td>
      <Table.Td>
        <Tooltip
          label={members.map((member) => member.name).join(', ')}
          disabled={members.length === 0}
          maw={320}
        >
          <Avatar.Group w="fit-content">
            {members.slice(0, 6).map((member) => (
              <Avatar key={member.user} name={member.name} color="initials" size={28} />
            ))}
            {members.length > 6 && <Avatar size={28}>+{members.length - 6}</Avatar>}
          </Avatar.Group>
        </Tooltip>
      </Table.Td>
      <Table.Td py={0}>
        {mayManage && (
          <Row gap={4} wrap="nowrap" justify="flex-end">
            <Tooltip label={t(membersText.editGroup)}>
              <ActionIcon aria-label={t(membersText.editGroupLabel, { name })} onClick={onEdit}>
                <IconPencil size={16} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t(common.delete)}>
              <ActionIcon aria-label={t(membersText.deleteGroupLabel, { name })} onClick={askDelete}>
                <IconTrash size={16} />
              </ActionIcon>
            </Tooltip>
          </Row>
        )}
        {dialog}
      </Table.Td>
    </Table.Tr>
  );
}

interface GroupFormProps {
  edited: Edited;
  members: readonly Member[];
  onClose(): void;
}

function GroupForm({ edited, members, onClose }: GroupFormProps) {
  const t = useT();
  const save = useSaveGroup();
  const before = edited === 'new' ? undefined : edited;
  const [name, setName] = useState(before?.name ?? '');
  const [chosen, setChosen] = useState(before?.members.map(({ user }) => user) ?? []);
  const [tried, setTried] = useState(false);
  const wanted = name.trim();
  return (
    <DialogForm
      action={t(before ? membersText.saveGroup : membersText.createGroup)}
      request={save}
      onCancel={onClose}
      testId="save-group"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (wanted !== '')
          save.mutate({ id: before?.id, name: wanted, members: chosen }, { onSuccess: onClose });
      }}
    >
      <TextInput
        label={t(common.name)}
        placeholder={t(membersText.groupPlaceholder)}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={tried && wanted === '' && t(membersText.groupNameWrong)}
        maxLength={64}
        required
        data-autofocus
        data-testid="group-name"
      />
      <MultiSelect
        label={t(membersText.title)}
        data={members.map((member) => ({ value: member.user, label: member.name || member.email }))}
        value={chosen}
        onChange={setChosen}
        searchable
        hidePickedOptions
        nothingFoundMessage={t(membersText.nobodyFound)}
      />
    </DialogForm>
  );
}
