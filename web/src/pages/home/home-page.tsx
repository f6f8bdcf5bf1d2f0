/** Home: what runs now, what failed lately, and something to start. */
import { Anchor, Card, Group, SimpleGrid, Skeleton, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconBubbleText, IconMoodSmile, IconPlus, IconZzz } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import type { RunState } from '../../../../contracts/states.ts';
import { useLiveRuns, useRuns } from '../../api/runs.ts';
import { useAccount, useCan } from '../../api/session.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { NodeIcon } from '../../components/node-icon.tsx';
import { Page } from '../../components/page.tsx';
import { homeText } from '../../i18n/automations.ts';
import { useT } from '../../i18n/language.ts';
import { examples } from '../automations/examples.ts';
import { useCreateAutomation } from '../automations/use-create-automation.ts';
import { RunRows } from '../runs/run-rows.tsx';
import classes from './home-page.module.css';

export function HomePage() {
  const t = useT();
  const { data: account } = useAccount();
  const mayCreate = useCan('automation.create');
  useLiveRuns();
  return (
    <Page
      title={t(homeText.title)}
      description={t(homeText.description, { workspace: account?.workspace?.name ?? '' })}
    >
      <Stack gap="xl">
        {mayCreate && <QuickStart />}
        <RunSection
          title={t(homeText.underWay)}
          states={['running', 'waiting']}
          empty={t(homeText.nothingUnderWay)}
          icon={<IconZzz size={20} stroke={1.6} />}
        />
        <RunSection
          title={t(homeText.failedLately)}
          states={['failed']}
          empty={t(homeText.nothingFailed)}
          icon={<IconMoodSmile size={20} stroke={1.6} />}
        />
      </Stack>
    </Page>
  );
}

function QuickStart() {
  const t = useT();
  const create = useCreateAutomation();
  const navigate = useNavigate();
  const mayChat = useCan('chat.read');
  return (
    <section>
      <Title order={2} mb="sm">
        {t(homeText.quickStart)}
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: mayChat ? 5 : 4 }}>
        {mayChat && (
          <Tile
            icon={
              <span className={`hx-node-icon ${classes.blank}`}>
                <IconBubbleText size={20} />
              </span>
            }
            title={t(homeText.talk)}
            text={t(homeText.talkText)}
            onClick={() => navigate('/chat')}
          />
        )}
        <Tile
          icon={
            <span className={`hx-node-icon ${classes.blank}`}>
              <IconPlus size={20} />
            </span>
          }
          title={t(homeText.blank)}
          text={t(homeText.blankText)}
          onClick={() => create.mutate({})}
        />
        {examples.map((example) => (
          <Tile
            key={example.id}
            icon={<NodeIcon type={example.icon} size={36} />}
            title={t(example.name)}
            text={t(example.description)}
            onClick={() =>
              create.mutate({
                name: t(example.name),
                description: t(example.description),
                draft: example.graph,
              })
            }
          />
        ))}
      </SimpleGrid>
    </section>
  );
}

function Tile({
  icon,
  title,
  text,
  onClick,
}: {
  icon: ReactNode;
  title: string;
  text: string;
  onClick(): void;
}) {
  return (
    <UnstyledButton className={classes.tile} onClick={onClick}>
      {icon}
      <Text fw={600} className={classes.title}>
        {title}
      </Text>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
    </UnstyledButton>
  );
}

interface RunSectionProps {
  title: string;
  states: readonly [RunState, RunState?];
  empty: string;
  icon: ReactNode;
}

function RunSection({ title, states, empty, icon }: RunSectionProps) {
  const t = useT();
  const first = useRuns({ state: states[0] }, 5);
  const second = useRuns({ state: states[1] ?? states[0] }, 5);
  const lists = states[1] ? [first, second] : [first];
  const runs = lists
    .flatMap((list) => list.data ?? [])
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt))
    .slice(0, 6);
  return (
    <section>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{title}</Title>
        <Anchor component={Link} to={`/runs?state=${states[0]}`} size="sm">
          {t(homeText.allRuns)}
        </Anchor>
      </Group>
      {first.error && <ErrorNotice error={first.error} onRetry={first.refetch} />}
      {first.isPending && <Skeleton height={64} />}
      {first.data && (
        <Card p={runs.length > 0 ? 0 : 'md'} withBorder>
          {runs.length > 0 ? (
            <RunRows runs={runs} />
          ) : (
            <Group gap="xs" c="dimmed">
              {icon}
              <Text size="sm">{empty}</Text>
            </Group>
          )}
        </Card>
      )}
    </section>
  );
}
