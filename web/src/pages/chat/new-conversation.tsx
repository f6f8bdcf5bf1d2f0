/** Whom to talk to: the agents one may use, and automations with a chat trigger. A message to begin with is one click. */
import {
  Box,
  Button,
  Card,
  Group,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  Title,
  UnstyledButton,
} from '@mantine/core';
import { IconMessages, IconRobot } from '@tabler/icons-react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { ulid } from 'ulid';
import type { Conversation } from '../../../../contracts/api/conversations.ts';
import { agentKeys, createExampleAgent, useAgentChoices } from '../../api/agents.ts';
import { useAutomations } from '../../api/automations.ts';
import { postMessage, useCreateConversation } from '../../api/conversations.ts';
import { useCan } from '../../api/session.ts';
import { useChange } from '../../api/use-change.ts';
import { ErrorNotice, notifyError } from '../../components/error-notice.tsx';
import { TeachingEmpty } from '../../components/teaching-empty.tsx';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import classes from './chat-page.module.css';
import { FirstWords } from './first-words.tsx';
import type { Partner } from './partner.ts';
import { PartnerFace } from './partner-face.tsx';

const mostStarters = 3;

export function NewConversation() {
  const t = useT();
  const agents = useAgentChoices();
  const automations = useAutomations('', 'chat-trigger');
  const all: Partner[] = [
    ...(agents.data?.items ?? [])
      .filter(({ publishedVersion }) => publishedVersion !== undefined)
      .map((agent) => ({ ...agent, kind: 'agent' as const })),
    ...(automations.data ?? [])
      .filter(({ publishedVersion }) => publishedVersion !== undefined)
      .map((automation) => ({ ...automation, kind: 'automation' as const, starters: [] })),
  ];
  // A link of an agent leads to that one.
  const [search] = useSearchParams();
  const wanted = search.get('with');
  const partner = all.find(({ id }) => id === wanted);
  const begin = useBegin();
  if (partner)
    return (
      <FirstWords
        key={partner.id}
        partner={partner}
        onBegin={(text, files) => begin.mutateAsync({ partner, text, files })}
      />
    );
  return (
    <Box className={classes.begin} p={{ base: 'md', sm: 'xl' }}>
      <Stack maw={880} mx="auto" gap="lg">
        <div>
          <Title order={1}>{t(chatText.whom)}</Title>
          <Text c="dimmed" mt={4}>
            {t(chatText.whomText)}
          </Text>
        </div>
        {agents.error && <ErrorNotice error={agents.error} onRetry={agents.refetch} />}
        {agents.isPending && <Skeleton height={180} />}
        {agents.data && !automations.isPending && all.length === 0 && <Nobody />}
        <SimpleGrid cols={{ base: 1, lg: 2 }}>
          {all.map((each) => (
            <PartnerCard
              key={each.kind + each.id}
              partner={each}
              isBusy={begin.isPending}
              onBegin={(text) => begin.mutate({ partner: each, text, files: [] })}
            />
          ))}
        </SimpleGrid>
      </Stack>
    </Box>
  );
}

interface Beginning {
  partner: Partner;
  text: string;
  files: readonly string[];
}

/** Makes a conversation, says the first thing in it and opens it. False: it was refused, and that was told. */
function useBegin() {
  const navigate = useNavigate();
  const create = useCreateConversation();
  return useChange(async ({ partner: { kind, id }, text, files }: Beginning): Promise<boolean> => {
    let made: Conversation | undefined;
    try {
      made = await create.mutateAsync({ with: { kind, id } });
      await postMessage(made.id, { id: ulid(), text, files: [...files] });
    } catch (error) {
      notifyError(error);
    }
    if (made) await navigate(`/chat/${made.id}`);
    return made !== undefined;
  });
}

interface PartnerCardProps {
  partner: Partner;
  isBusy: boolean;
  onBegin(text: string): void;
}

function PartnerCard({ partner, isBusy, onBegin }: PartnerCardProps) {
  const { id, name, description, starters } = partner;
  const t = useT();
  return (
    <Card withBorder className={classes.agent} data-testid="partner">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <PartnerFace partner={partner} />
        <Box flex={1} miw={0}>
          <Text fw={600}>{name}</Text>
          {description && (
            <Text size="sm" c="dimmed" lineClamp={3}>
              {description}
            </Text>
          )}
        </Box>
      </Group>
      <Stack gap={6} my="md" flex={1}>
        {starters.slice(0, mostStarters).map((starter) => (
          <UnstyledButton
            key={starter}
            className={classes.starter}
            disabled={isBusy}
            onClick={() => onBegin(starter)}
            data-testid="starter"
          >
            <Text size="sm" lineClamp={2}>
              {starter}
            </Text>
          </UnstyledButton>
        ))}
      </Stack>
      <Button
        component={Link}
        to={`/chat?with=${encodeURIComponent(id)}`}
        variant="light"
        leftSection={<IconMessages size={16} />}
        data-testid="begin"
      >
        {t(chatText.talk, { name })}
      </Button>
    </Card>
  );
}

function Nobody() {
  const t = useT();
  const mayCreate = useCan('agent.create');
  const make = useChange(createExampleAgent, agentKeys.all, ['automations']);
  if (!mayCreate)
    return (
      <TeachingEmpty icon={<IconRobot />} title={t(chatText.noneTitle)}>
        {t(chatText.noneText)}
      </TeachingEmpty>
    );
  return (
    <TeachingEmpty
      icon={<IconRobot />}
      title={t(chatText.emptyTitle)}
      actions={
        <Button
          loading={make.isPending}
          onClick={() => make.mutate(undefined, { onError: notifyError })}
          data-testid="make-example"
        >
          {t(chatText.makeExample)}
        </Button>
      }
    >
      {t(chatText.emptyText)}
    </TeachingEmpty>
  );
}
