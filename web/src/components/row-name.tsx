/** The name in a row of a list, which leads to its page, and what it is about. The row itself goes there by `useRowLink`. */
import { Text } from '@mantine/core';
import { Link } from 'react-router';

export interface RowNameProps {
  to: string;
  name: string;
  /** Left out or empty: it has none. */
  description?: string;
}

export function RowName({ to, name, description }: RowNameProps) {
  return (
    <>
      <Text component={Link} to={to} className="hx-row-link" fw={600} display="block" truncate>
        {name}
      </Text>
      {description && (
        <Text size="sm" c="dimmed" lineClamp={1}>
          {description}
        </Text>
      )}
    </>
  );
}
