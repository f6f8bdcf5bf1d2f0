/** A file that hangs on a message: a picture small, anything else by its name. A click opens it, for whoever may read the conversation. */
import { Anchor, Group, Image, Text } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useState } from 'react';
import type { FilePart } from '../../../../contracts/chat/message.ts';
import { isPicture } from '../../../../contracts/files.ts';
import { currentLanguage, htmlLanguage } from '../../i18n/language.ts';
import { fileSize } from '../../lib/file-size.ts';

export function AttachedFile({ file }: { file: Pick<FilePart, 'file' | 'name' | 'mimeType' | 'bytes'> }) {
  const { file: id, name, mimeType, bytes } = file;
  // One that can't be read as a picture has no thumbnail.
  const [isSmall, setIsSmall] = useState(isPicture(mimeType));
  const address = `/api/v1/files/${encodeURIComponent(id)}/content`;
  if (isSmall)
    return (
      <Anchor href={`${address}?inline=true`} target="_blank" title={name} data-testid="attached-picture">
        <Image
          src={`${address}?thumbnail=true`}
          alt={name}
          w="auto"
          maw="min(100%, 320px)"
          mah={240}
          radius="md"
          fit="contain"
          onError={() => setIsSmall(false)}
        />
      </Anchor>
    );
  return (
    <Anchor
      href={address}
      download={name}
      underline="never"
      c="inherit"
      maw="100%"
      data-testid="attached-file"
    >
      <Group
        gap={6}
        wrap="nowrap"
        px="xs"
        py={4}
        w="fit-content"
        maw="100%"
        bd="1px solid var(--mantine-color-default-border)"
        bdrs="md"
      >
        <IconFile size={16} stroke={1.7} aria-hidden style={{ flex: 'none' }} />
        <Text size="sm" truncate title={name}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {fileSize(bytes, htmlLanguage(currentLanguage()))}
        </Text>
      </Group>
    </Anchor>
  );
}
