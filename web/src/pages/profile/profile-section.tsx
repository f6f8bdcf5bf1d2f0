/** One matter of the profile: what it is on the left, its form on the right; below each other on a phone. */
import { Card, Grid, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

export interface ProfileSectionProps {
  title: string;
  help: string;
  children: ReactNode;
}

export function ProfileSection({ title, help, children }: ProfileSectionProps) {
  const id = useId();
  return (
    <Grid component="section" aria-labelledby={id} gap={{ base: 'sm', md: 'xl' }}>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Title order={2} fz="lg" id={id}>
          {title}
        </Title>
        <Text size="sm" c="dimmed" mt={4}>
          {help}
        </Text>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Card withBorder p="lg">
          {children}
        </Card>
      </Grid.Col>
    </Grid>
  );
}
