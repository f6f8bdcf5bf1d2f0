/** The passages that an answer cites: each opens where it stands, and shows its words before. */
import { Anchor, Badge, Group, HoverCard, Stack, Text } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Citation } from '../../../../contracts/chat/message.ts';
import { knowledgeSearchText } from '../../i18n/knowledge-search.ts';
import { useT } from '../../i18n/language.ts';
import { passageLink } from '../../lib/passage-link.ts';

export function Sources({ citations }: { citations: readonly Citation[] }) {
  const t = useT();
  if (citations.length === 0) return null;
  return (
    <Group
      component="ul"
      gap="xs"
      m={0}
      p={0}
      aria-label={t(knowledgeSearchText.sources)}
      data-testid="sources"
    >
      {citations.map((citation, position) => (
        <Source key={citation.id} citation={citation} number={position + 1} />
      ))}
    </Group>
  );
}

function Source({ citation, number }: { citation: Citation; number: number }) {
  const t = useT();
  const { name, page, headings, text } = citation;
  const place = page === undefined ? '' : ` · ${t(knowledgeSearchText.page, { page: String(page) })}`;
  return (
    <li style={{ listStyle: 'none', minWidth: 0 }}>
      <HoverCard width={380} shadow="md" withinPortal openDelay={150}>
        <HoverCard.Target>
          <Badge
            component={Link}
            to={passageLink(citation)}
            variant="default"
            size="lg"
            radius="sm"
            tt="none"
            fw={500}
            maw={320}
            leftSection={<IconFileText size={14} aria-hidden />}
            style={{ cursor: 'pointer' }}
            data-testid="source"
          >
            {`${number} · ${name}${place}`}
          </Badge>
        </HoverCard.Target>
        <HoverCard.Dropdown>
          <Stack gap={6}>
            {headings.length > 0 && (
              <Text size="xs" c="dimmed">
                {headings.join(' › ')}
              </Text>
            )}
            <Text size="sm" lineClamp={8} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {text}
            </Text>
            <Anchor component={Link} to={passageLink(citation)} size="sm">
              {t(knowledgeSearchText.openDocument)}
            </Anchor>
          </Stack>
        </HoverCard.Dropdown>
      </HoverCard>
    </li>
  );
}
