/** The composer of a conversation: with files, and others are told that one types. */
import { ActionIcon, FileButton, Stack, Tooltip } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { tellTyping } from '../../api/chat-socket.ts';
import { Composer } from '../../components/chat/composer.tsx';
import { UploadRow } from '../../components/uploads/upload-row.tsx';
import { useUpload } from '../../components/uploads/use-upload.ts';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';

export interface ChatComposerProps {
  /** Left out: nobody is told that one types. */
  conversation?: string;
  placeholder: string;
  /** The keyboard is in it from the beginning. */
  focused?: boolean;
  disabled?: boolean;
  send(text: string, files: readonly string[]): Promise<boolean>;
  onStop?: (() => void) | undefined;
}

/** Milliseconds between two words of typing: the server takes no more. */
const tellEveryMs = 3_000;

export function ChatComposer(props: ChatComposerProps) {
  const { conversation, placeholder, focused = false, disabled = false, send, onStop } = props;
  const t = useT();
  const uploads = useUpload({ purpose: 'chat' });
  const field = useRef<HTMLTextAreaElement>(null);
  const told = useRef(0);
  const files = uploads.items.flatMap(({ file }) => (file ? [file.id] : []));
  useEffect(() => {
    if (focused) field.current?.focus({ preventScroll: true });
  }, [focused]);
  const onType = () => {
    if (conversation === undefined || Date.now() - told.current < tellEveryMs) return;
    told.current = Date.now();
    tellTyping(conversation);
  };
  const onSend = async (text: string) => {
    // What is on its way still would be left behind.
    if (uploads.isBusy) return false;
    const isSent = await send(text, files);
    if (isSent) uploads.clear();
    return isSent;
  };
  return (
    <Composer
      ref={field}
      placeholder={placeholder}
      onSend={onSend}
      onStop={onStop}
      onType={onType}
      hasFiles={files.length > 0}
      disabled={disabled || uploads.isBusy}
      aside={
        <FileButton multiple onChange={(chosen) => uploads.add(chosen)}>
          {(button) => (
            <Tooltip label={t(chatText.attach)}>
              <ActionIcon size={34} radius="xl" aria-label={t(chatText.attach)} {...button}>
                <IconPaperclip size={18} />
              </ActionIcon>
            </Tooltip>
          )}
        </FileButton>
      }
    >
      {uploads.items.length > 0 && (
        <Stack gap={6} component="ul" p={0} m={0} mb={6} style={{ listStyle: 'none' }}>
          {uploads.items.map((item) => (
            <UploadRow key={item.key} item={item} uploads={uploads} />
          ))}
        </Stack>
      )}
    </Composer>
  );
}
