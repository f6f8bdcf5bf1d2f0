/** Chooses a role, saying what each may. */
import { Group, Select, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type Role, roleTexts } from '../../../../contracts/access/roles.ts';
import { useT } from '../../i18n/language.ts';

export interface RoleSelectProps {
  /** Shown above; else `ariaLabel` says whose role it is. */
  label?: string;
  ariaLabel?: string;
  roles: readonly Role[];
  value: Role;
  onChange(role: Role): void;
  size?: 'xs' | 'sm';
  disabled?: boolean;
}

export function RoleSelect({
  label,
  ariaLabel,
  roles,
  value,
  onChange,
  size = 'sm',
  disabled,
}: RoleSelectProps) {
  const t = useT();
  return (
    <Select
      {...(label !== undefined && { label, description: t(roleTexts[value].about) })}
      {...(ariaLabel !== undefined && { 'aria-label': ariaLabel })}
      size={size}
      disabled={disabled ?? false}
      data={roles.map((role) => ({ value: role, label: t(roleTexts[role].name) }))}
      value={value}
      onChange={(next) => next !== null && next !== value && onChange(next as Role)}
      allowDeselect={false}
      comboboxProps={{ width: 320, position: 'bottom-start' }}
      maxDropdownHeight={400}
      renderOption={({ option, checked }) => (
        <Group justify="space-between" wrap="nowrap" flex={1}>
          <div>
            <Text size="sm" fw={500}>
              {option.label}
            </Text>
            <Text size="xs" c="dimmed">
              {t(roleTexts[option.value as Role].about)}
            </Text>
          </div>
          {checked && <IconCheck size={16} />}
        </Group>
      )}
      data-testid="role-select"
    />
  );
}
