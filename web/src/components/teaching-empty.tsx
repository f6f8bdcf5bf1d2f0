/** An empty place that says what belongs here and how to get it. */
import { EmptyState, Paper } from '@mantine/core';
import type { ReactNode } from 'react';

export interface TeachingEmptyProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}

export function TeachingEmpty({ icon, title, children, actions }: TeachingEmptyProps) {
  return (
    <Paper p="xl" style={{ borderStyle: 'dashed' }} bg="transparent">
      <EmptyState icon={icon} title={title} description={children} variant="light" maw={560} mx="auto">
        {actions && <EmptyState.Actions>{actions}</EmptyState.Actions>}
      </EmptyState>
    </Paper>
  );
}
