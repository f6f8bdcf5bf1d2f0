/** One upload: how far it is, what went wrong, and what can be done about it. */
import { ActionIcon, Box, Group, Image, Paper, Progress, Text, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconFile,
  IconPhoto,
  IconRefresh,
  IconX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { isPicture } from '../../../../contracts/files.ts';
import { ProblemError } from '../../api/problem-error.ts';
import { currentLanguage, htmlLanguage, type Translate, useT } from '../../i18n/language.ts';
import { uploadsText } from '../../i18n/uploads.ts';
import { fileSize } from '../../lib/file-size.ts';
import type { UploadItem, Uploads } from './use-upload.ts';

export function UploadRow({
  item,
  uploads,
}: {
  item: UploadItem;
  uploads: Pick<Uploads, 'remove' | 'retry'>;
}) {
  const t = useT();
  const { key, name, bytes, sent, state } = item;
  const isOver = state === 'ready' || state === 'failed';
  return (
    <Paper withBorder component="li" px="xs" py={6} data-testid="upload" data-state={state}>
      <Group gap="xs" wrap="nowrap">
        <Look item={item} />
        <Box flex={1} miw={0}>
          <Text size="sm" fw={500} truncate title={name}>
            {name}
          </Text>
          <Text
            size="xs"
            c={state === 'failed' ? 'red' : 'dimmed'}
            role={state === 'failed' ? 'alert' : undefined}
          >
            {stateText(item, t)}
          </Text>
        </Box>
        {state === 'failed' && (
          <Act label={t(uploadsText.retry, { name })} onClick={() => uploads.retry(key)}>
            <IconRefresh size={16} />
          </Act>
        )}
        <Act
          label={t(isOver ? uploadsText.dismiss : uploadsText.cancel, { name })}
          onClick={() => uploads.remove(key)}
        >
          <IconX size={16} />
        </Act>
      </Group>
      {!isOver && (
        <Progress.Root size={4} mt={6}>
          <Progress.Section
            value={(sent / Math.max(bytes, 1)) * 100}
            animated={state === 'checking'}
            color={state === 'waiting' ? 'yellow' : 'var(--mantine-primary-color-filled)'}
            aria-label={t(uploadsText.progress, { name })}
          />
        </Progress.Root>
      )}
    </Paper>
  );
}

function Look({ item: { type, state, file } }: { item: UploadItem }) {
  if (state === 'failed')
    return <IconAlertTriangle size={20} color="var(--mantine-color-red-6)" aria-hidden />;
  if (file?.thumbnailUrl) return <Image src={file.thumbnailUrl} alt="" w={28} h={28} radius="sm" />;
  if (state === 'ready')
    return <IconCircleCheck size={20} color="var(--mantine-color-green-6)" aria-hidden />;
  const Icon = isPicture(type) ? IconPhoto : IconFile;
  return <Icon size={20} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />;
}

function Act({ label, onClick, children }: { label: string; onClick(): void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function stateText({ state, bytes, sent, error }: UploadItem, t: Translate): string {
  const sized = (number: number) => fileSize(number, htmlLanguage(currentLanguage()));
  switch (state) {
    case 'sending':
      return t(uploadsText.sending, { sent: sized(sent), size: sized(bytes) });
    case 'ready':
      return `${t(uploadsText.ready)} · ${sized(bytes)}`;
    case 'failed':
      return error instanceof ProblemError ? `${error.message} ${error.detail}` : String(error);
    default:
      return t(uploadsText[state]);
  }
}
