/** A conversation as whoever has a link reads it, without signing in: texts and pictures. */
import { Box, Center, Group, Image, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useParams } from 'react-router';
import type { z } from 'zod';
import type { sharedConversation } from '../../../../contracts/api/conversations.ts';
import { request } from '../../api/client.ts';
import { inBatches } from '../../api/pictures.ts';
import { LazyMarkdown } from '../../components/chat/lazy-markdown.tsx';
import { PictureAccessProvider } from '../../components/chat/picture-access.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import { Logo } from '../../shell/logo.tsx';

type Shared = z.output<typeof sharedConversation>;

export function SharePage() {
  const t = useT();
  const { token = '' } = useParams();
  const shared = useQuery({
    queryKey: ['shared', token],
    queryFn: () => request<Shared>('POST', '/shared', { body: { token } }),
    // The addresses of pictures are good for five minutes.
    refetchInterval: 4 * 60_000,
  });
  // Pictures of hosts that the workspace allows; nobody here may ask for others.
  const access = useMemo(
    () => ({
      key: token,
      open: inBatches((urls) => request('POST', '/shared/pictures', { body: { token, urls } })),
    }),
    [token],
  );
  const title = shared.data ? shared.data.title || t(chatText.untitled) : t(chatText.title);
  useEffect(() => {
    document.title = `${title} · Hiviex`;
  }, [title]);
  return (
    <Box component="main" maw={820} mx="auto" p={{ base: 'md', sm: 'xl' }}>
      <Logo />
      {shared.error && (
        <Box mt="xl">
          <ErrorNotice error={shared.error} onRetry={shared.refetch} />
        </Box>
      )}
      {shared.isPending && (
        <Center mih={240}>
          <Loader />
        </Center>
      )}
      {shared.data && (
        <>
          <Title order={1} mt="xl" mb="lg">
            {title}
          </Title>
          <PictureAccessProvider value={access}>
            <Stack gap="lg">
              {shared.data.messages.map((message, position) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: they never change
                <SharedMessage key={position} message={message} />
              ))}
            </Stack>
          </PictureAccessProvider>
        </>
      )}
    </Box>
  );
}

function SharedMessage({
  message: { role, author, text, attachments = [], createdAt },
}: {
  message: Shared['messages'][number];
}) {
  return (
    <Paper withBorder={role === 'user'} p={role === 'user' ? 'md' : 0} data-testid="shared-message">
      <Group gap="xs" mb={4}>
        {author && (
          <Text size="sm" fw={600}>
            {author}
          </Text>
        )}
        <TimeAgo at={createdAt} size="xs" />
      </Group>
      <LazyMarkdown text={text} />
      {attachments.length > 0 && (
        <Group gap="sm" mt={text === '' ? 0 : 'sm'}>
          {attachments.map(({ name, url, width, height }) => (
            <Image
              key={url}
              src={url}
              alt={name}
              title={name}
              width={width}
              height={height}
              mah={420}
              w="auto"
              maw="100%"
              h="auto"
              radius="md"
              fit="contain"
              data-testid="shared-picture"
            />
          ))}
        </Group>
      )}
    </Paper>
  );
}
