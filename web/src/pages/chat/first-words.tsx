/** A conversation that has not begun: with whom, what one may begin with, and the place to write. It is made with its first message. */
import { Anchor, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { Link } from 'react-router';
import { useCan } from '../../api/session.ts';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import { ChatComposer } from './chat-composer.tsx';
import classes from './chat-page.module.css';
import type { Partner } from './partner.ts';
import { PartnerFace } from './partner-face.tsx';

export interface FirstWordsProps {
  partner: Partner;
  /** Resolves with false when it was not taken. */
  onBegin(text: string, files: readonly string[]): Promise<boolean>;
}

export function FirstWords({ partner, onBegin }: FirstWordsProps) {
  const t = useT();
  const mayTalk = useCan('chat.write');
  const { name, description, starters } = partner;
  return (
    <>
      <Stack className={classes.first} align="center" justify="center" gap="md" data-testid="first-words">
        <PartnerFace partner={partner} size={64} />
        <Stack gap={4} align="center" maw={560} ta="center">
          <Title order={1} size="h2">
            {name}
          </Title>
          {description && <Text c="dimmed">{description}</Text>}
        </Stack>
        <Stack gap={6} w="100%" maw={480}>
          {starters.map((starter) => (
            <UnstyledButton
              key={starter}
              className={classes.starter}
              onClick={() => void onBegin(starter, [])}
              data-testid="starter"
            >
              <Text size="sm">{starter}</Text>
            </UnstyledButton>
          ))}
        </Stack>
        <Anchor component={Link} to="/chat" size="sm">
          {t(chatText.somebodyElse)}
        </Anchor>
      </Stack>
      <div className={classes.foot}>
        <ChatComposer
          focused
          placeholder={t(chatText.placeholder, { name })}
          disabled={!mayTalk}
          send={onBegin}
        />
      </div>
    </>
  );
}
