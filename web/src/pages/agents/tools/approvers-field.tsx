/** Who is asked about a call: members, everybody with a role or in a group, or anybody by mail. Without any: who started the run. */
import { ActionIcon, Autocomplete, Button, Group, Input, Select, Stack } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { roles, roleTexts } from '../../../../../contracts/access/roles.ts';
import { type Approver, approverKind } from '../../../../../contracts/approvals.ts';
import { useGroups } from '../../../api/groups.ts';
import { useMembers } from '../../../api/members.ts';
import { useCan } from '../../../api/session.ts';
import { agentFormText, approverKindText, toolsText } from '../../../i18n/agents.ts';
import { useT } from '../../../i18n/language.ts';

export interface ApproversFieldProps {
  value: readonly Approver[];
  onChange(approvers: Approver[]): void;
  /** By path: `0.who`. */
  errorOf(path: string): string | undefined;
}

export function ApproversField({ value, onChange, errorOf }: ApproversFieldProps) {
  const t = useT();
  const known = useKnown();
  const put = (position: number, change: Partial<Approver>) =>
    onChange(value.map((each, at) => (at === position ? { ...each, ...change } : each)));
  return (
    <Input.Wrapper
      label={t(toolsText.approvers)}
      description={t(toolsText.approversHelp)}
      labelElement="div"
      data-testid="tool-approvers"
    >
      <Stack gap="xs" mt={6}>
        {value.map(({ kind, who }, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an approver has no identity but its place while it is typed
          <Group key={position} gap="xs" wrap="nowrap" align="flex-start">
            <Select
              aria-label={t(toolsText.approverKind)}
              data={approverKind.options.map((each) => ({ value: each, label: t(approverKindText[each]) }))}
              value={kind}
              onChange={(next) => put(position, { kind: approverKind.parse(next), who: '' })}
              allowDeselect={false}
              w={{ base: 130, sm: 230 }}
              style={{ flexShrink: 0 }}
            />
            {kind === 'role' ? (
              <Select
                aria-label={t(toolsText.approver)}
                placeholder={t(toolsText.chooseRole)}
                data={roles.map((role) => ({ value: role, label: t(roleTexts[role].name) }))}
                value={who || null}
                onChange={(next) => put(position, { who: next ?? '' })}
                error={errorOf(`${position}.who`)}
                flex={1}
              />
            ) : (
              <Autocomplete
                aria-label={t(toolsText.approver)}
                placeholder={kind === 'group' ? '' : 'ana@example.com'}
                data={known[kind]}
                value={who}
                onChange={(next) => put(position, { who: next })}
                error={errorOf(`${position}.who`)}
                flex={1}
              />
            )}
            <ActionIcon
              size="lg"
              aria-label={t(agentFormText.remove)}
              onClick={() => onChange(value.filter((_, at) => at !== position))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        {value.length < 20 && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...value, { kind: 'member', who: '' }])}
            style={{ alignSelf: 'flex-start' }}
            data-testid="add-approver"
          >
            {t(toolsText.addApprover)}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

/** To choose from; whoever may not see who is here types. */
function useKnown(): Record<'member' | 'group' | 'email', string[]> {
  const members = useMembers(useCan('member.view'));
  const groups = useGroups(useCan('group.view'));
  return {
    member: (members.data ?? []).map(({ email }) => email),
    group: (groups.data ?? []).map(({ name }) => name),
    email: [],
  };
}
