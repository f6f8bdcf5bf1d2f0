/** The frame of the pages before one is signed in. */
import { Box, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Logo } from '../../shell/logo.tsx';

export function SessionFrame({
  title,
  help,
  children,
}: {
  title: string;
  help?: string;
  children: ReactNode;
}) {
  return (
    <Box component="main" mih="100dvh" display="grid" p="md" style={{ placeItems: 'center' }}>
      <Stack w="100%" maw={420} gap="lg">
        <Logo size={34} />
        <Paper p="xl" shadow="sm">
          <Title order={1} mb={help ? 6 : 'lg'}>
            {title}
          </Title>
          {help && (
            <Text c="dimmed" size="sm" mb="lg">
              {help}
            </Text>
          )}
          {children}
        </Paper>
      </Stack>
    </Box>
  );
}
