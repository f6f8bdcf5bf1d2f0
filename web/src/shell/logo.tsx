/** Mark and name. */
import { Group, Text } from '@mantine/core';

export function Logo({ size = 26, name = true }: { size?: number; name?: boolean }) {
  return (
    <Group gap={10} wrap="nowrap">
      <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32">
        <path fill="var(--mantine-primary-color-filled)" d="M16 1.8 28.3 8.9v14.2L16 30.2 3.7 23.1V8.9z" />
        <path
          fill="none"
          stroke="#fff"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
          d="M11 10.5v11M21 10.5v11M11 16h10"
        />
      </svg>
      {name && (
        <Text fw={700} fz="lg" style={{ letterSpacing: '-0.02em' }}>
          Hiviex
        </Text>
      )}
    </Group>
  );
}
