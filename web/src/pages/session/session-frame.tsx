/** The frame of the pages before one is signed in. */
import { Box, Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { chooseLanguage, useLanguage, useT } from '../../i18n/language.ts';
import { shellText } from '../../i18n/shell.ts';
import { Logo } from '../../shell/logo.tsx';

export interface SessionFrameProps {
  title: string;
  help?: ReactNode;
  children?: ReactNode;
  /** Below the card: the other ways on. */
  footer?: ReactNode;
}

export function SessionFrame({ title, help, children, footer }: SessionFrameProps) {
  const t = useT();
  const language = useLanguage();
  useEffect(() => {
    document.title = `${title} · Hiviex`;
  }, [title]);
  return (
    <Box
      component="main"
      mih="100dvh"
      display="grid"
      p="md"
      style={{ placeItems: 'center', gridTemplateColumns: 'minmax(0, 1fr)' }}
    >
      <Stack w="100%" maw={420} miw={0} gap="lg">
        <Group justify="space-between">
          <Logo size={34} />
          <SegmentedControl
            size="xs"
            aria-label={t(shellText.language)}
            value={language}
            onChange={(value) => chooseLanguage(value === 'pt' ? 'pt' : 'en')}
            data={[
              { value: 'en', label: 'EN' },
              { value: 'pt', label: 'PT' },
            ]}
          />
        </Group>
        <Paper p={{ base: 'lg', xs: 'xl' }} shadow="sm">
          <Title order={1} mb={help || !children ? 6 : 'lg'}>
            {title}
          </Title>
          {help && (
            <Text component="div" c="dimmed" size="sm" mb={children ? 'lg' : 0}>
              {help}
            </Text>
          )}
          {children}
        </Paper>
        {footer && (
          <Text component="div" size="sm" c="dimmed" ta="center">
            {footer}
          </Text>
        )}
      </Stack>
    </Box>
  );
}
