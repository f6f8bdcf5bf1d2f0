/** The picture of an agent: chosen, and gone again. */
import { Button, Group, Input, Stack } from '@mantine/core';
import { AgentAvatar } from '../../components/agent-avatar.tsx';
import { UploadArea } from '../../components/uploads/upload-area.tsx';
import { useUpload } from '../../components/uploads/use-upload.ts';
import { agentFormText, agentsText } from '../../i18n/agents.ts';
import { useT } from '../../i18n/language.ts';

export interface AvatarFieldProps {
  name: string;
  /** Id of the file. */
  avatar: string | null;
  onChange(avatar: string | null): void;
  disabled: boolean;
}

export function AvatarField({ name, avatar, onChange, disabled }: AvatarFieldProps) {
  const t = useT();
  const uploads = useUpload({
    purpose: 'avatar',
    onReady({ id }) {
      onChange(id);
      // It is seen beside.
      uploads.clear();
    },
  });
  return (
    <Input.Wrapper label={t(agentsText.avatar)} labelElement="div">
      <Group align="center" wrap="nowrap" mt={4}>
        <Stack gap={4} align="center">
          <AgentAvatar name={name} avatar={avatar} size={72} />
          {avatar && !disabled && (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange(null)}>
              {t(agentFormText.remove)}
            </Button>
          )}
        </Stack>
        {!disabled && (
          <div style={{ flex: 1, minWidth: 0 }}>
            <UploadArea uploads={uploads} single />
          </div>
        )}
      </Group>
    </Input.Wrapper>
  );
}
