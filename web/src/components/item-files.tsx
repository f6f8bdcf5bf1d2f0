/** The files that an item carries: name, type, size, a look at pictures and text, and the download. */
import {
  ActionIcon,
  Anchor,
  Box,
  Code,
  Group,
  Image,
  Loader,
  Paper,
  Stack,
  Text,
  Tooltip,
} from '@mantine/core';
import { IconDownload, IconEye, IconEyeOff, IconFile, IconPhoto } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { filePathOf, isShown } from '../../../contracts/api/files.ts';
import type { BinaryReference, Item } from '../../../contracts/item.ts';
import { currentLanguage, htmlLanguage, useT } from '../i18n/language.ts';
import { runsText } from '../i18n/runs.ts';
import { fileSize } from '../lib/file-size.ts';

/** Bytes of a text that are looked at. */
const firstBytes = 4_096;

export function ItemFiles({ binary }: { binary: Item['binary'] }) {
  const files = Object.entries(binary ?? {});
  if (files.length === 0) return null;
  return (
    <Stack gap={6} mt={6}>
      {files.map(([name, file]) => (
        <FileCard key={name} name={name} file={file} />
      ))}
    </Stack>
  );
}

function FileCard({ name, file }: { name: string; file: BinaryReference }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const path = filePathOf(file.key);
  const isPicture = file.mimeType.startsWith('image/');
  const Icon = isPicture ? IconPhoto : IconFile;
  const canLook = path !== undefined && isShown(file.mimeType) && file.bytes > 0;
  return (
    <Paper withBorder px="xs" py={6} maw={460} data-testid="item-file">
      <Group gap="xs" wrap="nowrap">
        <Icon size={18} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
        <Box flex={1} miw={0}>
          <Text size="sm" fw={500} truncate title={file.fileName}>
            {file.fileName}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {[
              name,
              file.mimeType.split(';', 1)[0],
              fileSize(file.bytes, htmlLanguage(currentLanguage())),
            ].join(' · ')}
          </Text>
        </Box>
        {canLook && (
          <Tooltip label={t(open ? runsText.hideFile : runsText.showFile)}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-expanded={open}
              aria-label={t(open ? runsText.hideFile : runsText.showFile)}
              onClick={() => setOpen(!open)}
            >
              {open ? <IconEyeOff size={16} /> : <IconEye size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
        {path && (
          <Tooltip label={t(runsText.downloadFile)}>
            <ActionIcon
              component="a"
              href={path}
              download={file.fileName}
              variant="subtle"
              color="gray"
              aria-label={`${t(runsText.downloadFile)}: ${file.fileName}`}
            >
              <IconDownload size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      {open &&
        path &&
        (isPicture ? <Picture path={path} file={file} /> : <Beginning path={path} file={file} />)}
    </Paper>
  );
}

function Picture({ path, file }: { path: string; file: BinaryReference }) {
  const t = useT();
  const [gone, setGone] = useState(false);
  if (gone) return <Gone />;
  return (
    <Anchor href={`${path}?inline=true`} target="_blank" rel="noreferrer" title={t(runsText.openFile)}>
      <Image
        src={`${path}?inline=true`}
        alt={file.fileName}
        mah={220}
        mt={6}
        fit="contain"
        radius="sm"
        onError={() => setGone(true)}
      />
    </Anchor>
  );
}

function Beginning({ path, file }: { path: string; file: BinaryReference }) {
  const t = useT();
  const { data, isError } = useQuery({
    queryKey: ['file', path],
    retry: false,
    queryFn: async ({ signal }) => {
      const response = await fetch(path, { headers: { range: `bytes=0-${firstBytes - 1}` }, signal });
      if (!response.ok) throw new Error(String(response.status));
      return response.text();
    },
  });
  if (isError) return <Gone />;
  if (data === undefined) return <Loader size="xs" mt={6} />;
  return (
    <>
      <Code block fz={12} mt={6} mah={220} style={{ overflow: 'auto', whiteSpace: 'pre-wrap' }}>
        {data}
      </Code>
      {file.bytes > firstBytes && (
        <Text size="xs" c="dimmed" mt={4}>
          {t(runsText.beginningOfFile)}
        </Text>
      )}
    </>
  );
}

function Gone() {
  const t = useT();
  return (
    <Text size="xs" c="dimmed" mt={6}>
      {t(runsText.fileGone)}
    </Text>
  );
}
