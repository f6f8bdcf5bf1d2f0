/** Copying: a small button, and an id that is its own button. */
import { ActionIcon, Code, CopyButton as MantineCopyButton, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { common } from '../i18n/common.ts';
import { useT } from '../i18n/language.ts';

export function CopyButton({ value, label, size = 'sm' }: { value: string; label?: string; size?: string }) {
  const t = useT();
  return (
    <MantineCopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t(common.copied) : (label ?? t(common.copy))}>
          <ActionIcon
            size={size}
            onClick={copy}
            aria-label={label ?? t(common.copy)}
            color={copied ? 'green' : 'gray'}
          >
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </MantineCopyButton>
  );
}

export function CopyId({ id, shown = id }: { id: string; shown?: string }) {
  const t = useT();
  return (
    <MantineCopyButton value={id}>
      {({ copied, copy }) => (
        <Tooltip
          label={copied ? t(common.copied) : t(common.copyId, { id })}
          maw={420}
          style={{ overflowWrap: 'anywhere' }}
        >
          <UnstyledButton onClick={copy} aria-label={t(common.copyId, { id })}>
            <Code className="hx-id">{shown}</Code>
          </UnstyledButton>
        </Tooltip>
      )}
    </MantineCopyButton>
  );
}
