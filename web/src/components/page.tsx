/** The frame of every page but the editor: a heading with actions, then the content at a readable width. */
import { Anchor, Box, Group, Text, Title } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';

export interface PageProps {
  title: string;
  description?: string | undefined;
  actions?: ReactNode;
  /** What it is a part of. */
  back?: { to: string; label: string };
  children: ReactNode;
  wide?: boolean;
}

export function Page({ title, description, actions, back, children, wide = false }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Hiviex`;
  }, [title]);
  const maw = wide ? 1600 : 1200;
  return (
    <>
      {back && (
        <Group px={{ base: 'md', sm: 'xl' }} pt="md" mb={-8} maw={maw} mx="auto" w="100%">
          <Anchor component={Link} to={back.to} size="sm" c="dimmed">
            <Group gap={4}>
              <IconChevronLeft size={14} />
              {back.label}
            </Group>
          </Anchor>
        </Group>
      )}
      <Box p={{ base: 'md', sm: 'xl' }} maw={maw} mx="auto" w="100%">
        <Group justify="space-between" align="flex-start" mb="lg" gap="sm">
          {/* A long description breaks its lines before it pushes the buttons below; on a phone they go there all the same. */}
          <div style={{ flex: '1 1 320px' }}>
            <Title order={1}>{title}</Title>
            {description && (
              <Text c="dimmed" mt={4}>
                {description}
              </Text>
            )}
          </div>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
        {children}
      </Box>
    </>
  );
}
