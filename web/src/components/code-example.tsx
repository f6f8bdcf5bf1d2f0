/** A piece of code to copy, with what it is. */
import { Group, Text } from '@mantine/core';
import classes from './code-example.module.css';
import { CopyButton } from './copy-button.tsx';

export interface CodeExampleProps {
  title: string;
  code: string;
  /** Where more is copied than shown. */
  copied?: string;
  copyLabel?: string;
}

export function CodeExample({ title, code, copied = code, copyLabel }: CodeExampleProps) {
  return (
    <div>
      <Group justify="space-between" mb={4} wrap="nowrap">
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <CopyButton value={copied} {...(copyLabel !== undefined && { label: copyLabel })} />
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard, too */}
      <pre className={classes.code} tabIndex={0}>
        {code}
      </pre>
    </div>
  );
}
