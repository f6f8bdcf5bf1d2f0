/** What an answer is made of, in order: texts, thoughts, tool calls, notes, files. */
import { Box, Collapse, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconBrain, IconChevronRight, IconInfoCircle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { type MessagePart, type NotePart, steeredNote } from '../../../../contracts/chat/message.ts';
import { chatText, noteText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import { AttachedFile } from './attached-file.tsx';
import { type Cited, citedIn, withNumbers } from './citations.ts';
import { LazyMarkdown } from './lazy-markdown.tsx';
import classes from './message-view.module.css';
import { Sources } from './sources.tsx';
import { ToolCard } from './tool-card.tsx';

export function MessageParts({ parts }: { parts: readonly MessagePart[] }) {
  const cited = useMemo(() => citedIn(parts), [parts]);
  return (
    <Stack gap="sm">
      {parts.map((part, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts only grow at the end, or begin anew
        <Part key={`${part.type}-${position}`} part={part} cited={cited} />
      ))}
      <Sources citations={cited.citations} />
    </Stack>
  );
}

function Part({ part, cited }: { part: MessagePart; cited: Cited }) {
  switch (part.type) {
    case 'text':
      return part.text.trim() === '' ? null : (
        <Box data-testid="message-text">
          <LazyMarkdown text={withNumbers(part.text, cited)} />
        </Box>
      );
    case 'reasoning':
      return <Thoughts text={part.text} />;
    case 'tool':
      return <ToolCard part={part} />;
    case 'note':
      return <Note part={part} />;
    case 'file':
      return <AttachedFile file={part} />;
  }
}

function Thoughts({ text }: { text: string }) {
  const t = useT();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div>
      <UnstyledButton onClick={() => setIsOpen(!isOpen)} aria-expanded={isOpen} c="dimmed">
        <Group gap={6} wrap="nowrap">
          <IconBrain size={15} aria-hidden />
          <Text size="sm">{t(chatText.thoughts)}</Text>
          <IconChevronRight size={14} aria-hidden style={{ rotate: isOpen ? '90deg' : '0deg' }} />
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <Text
          size="sm"
          c="dimmed"
          mt={6}
          pl="sm"
          style={{
            whiteSpace: 'pre-wrap',
            overflowWrap: 'anywhere',
            borderInlineStart: '2px solid var(--mantine-color-default-border)',
          }}
        >
          {text}
        </Text>
      </Collapse>
    </div>
  );
}

function Note({ part: { code, text } }: { part: NotePart }) {
  const t = useT();
  const known = noteText[code];
  if (code === steeredNote)
    return (
      <Paper withBorder={false} className={classes.said} ms="auto" data-testid="steered">
        {text}
      </Paper>
    );
  return (
    <Group gap={6} wrap="nowrap" c="dimmed" align="flex-start">
      <IconInfoCircle size={15} aria-hidden style={{ flex: 'none', marginTop: 3 }} />
      <Text size="sm">{known ? t(known, { text }) : text}</Text>
    </Group>
  );
}
