/** Code that somebody wrote, in colours, with the button that everybody looks for. */

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { chatText } from '../../i18n/chat.ts';
import { common } from '../../i18n/common.ts';
import { useT } from '../../i18n/language.ts';
import classes from './markdown.module.css';

export function CodeBlock({ children }: { children: ReactNode }) {
  const t = useT();
  const code = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(code.current?.textContent ?? '');
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <div className={classes.code}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard, too */}
      <pre ref={code} tabIndex={0}>
        {children}
      </pre>
      <Tooltip label={t(copied ? common.copied : chatText.copyCode)}>
        <ActionIcon size="sm" className={classes.copy} aria-label={t(chatText.copyCode)} onClick={copy}>
          {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
