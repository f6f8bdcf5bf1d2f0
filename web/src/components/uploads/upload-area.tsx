/** Where files are dropped or chosen, and what becomes of them. */
import { Group, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconPhoto, IconUpload, IconX } from '@tabler/icons-react';
import { purposeRules } from '../../../../contracts/files.ts';
import { currentLanguage, htmlLanguage, useT } from '../../i18n/language.ts';
import { uploadsText } from '../../i18n/uploads.ts';
import { fileSize } from '../../lib/file-size.ts';
import { UploadRow } from './upload-row.tsx';
import type { Uploads } from './use-upload.ts';

export interface UploadAreaProps {
  uploads: Uploads;
  /** One file only, as for an avatar. */
  single?: boolean;
  disabled?: boolean;
}

export function UploadArea({ uploads, single = false, disabled = false }: UploadAreaProps) {
  const t = useT();
  const { types, maxBytes } = purposeRules[uploads.purpose];
  const limits = [
    types && t(uploadsText.pictures),
    maxBytes < Number.MAX_SAFE_INTEGER &&
      t(uploadsText.atMost, { size: fileSize(maxBytes, htmlLanguage(currentLanguage())) }),
  ].filter((limit) => typeof limit === 'string');
  const Icon = types ? IconPhoto : IconUpload;
  return (
    <Stack gap="xs">
      {/* What may not be uploaded is refused by the server before a byte goes, with words; here only the dialog is told. */}
      <Dropzone
        onDrop={uploads.add}
        multiple={!single}
        disabled={disabled}
        inputProps={{
          ...(types && { accept: types.join(',') }),
          'aria-label': t(single ? uploadsText.dropOne : uploadsText.drop),
        }}
        p="lg"
        data-testid="upload-area"
      >
        <Group justify="center" gap="sm" mih={48} style={{ pointerEvents: 'none' }}>
          <Dropzone.Accept>
            <IconUpload size={28} stroke={1.6} aria-hidden />
          </Dropzone.Accept>
          <Dropzone.Reject>
            <IconX size={28} stroke={1.6} aria-hidden />
          </Dropzone.Reject>
          <Dropzone.Idle>
            <Icon size={28} stroke={1.6} aria-hidden />
          </Dropzone.Idle>
          <div>
            <Text size="sm" fw={500}>
              {t(single ? uploadsText.dropOne : uploadsText.drop)}
            </Text>
            {limits.length > 0 && (
              <Text size="xs" c="dimmed">
                {limits.join(' · ')}
              </Text>
            )}
          </div>
        </Group>
      </Dropzone>
      {uploads.items.length > 0 && (
        <Stack
          gap={6}
          component="ul"
          p={0}
          m={0}
          aria-label={t(uploadsText.list)}
          style={{ listStyle: 'none' }}
        >
          {uploads.items.map((item) => (
            <UploadRow key={item.key} item={item} uploads={uploads} />
          ))}
        </Stack>
      )}
    </Stack>
  );
}
