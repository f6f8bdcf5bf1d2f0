/** What an answer took: calls, tokens, money. */
import { Text } from '@mantine/core';
import type { AnswerCost } from '../../../../contracts/chat/message.ts';
import { totalTokens } from '../../../../contracts/models/usage.ts';
import { chatText } from '../../i18n/chat.ts';
import { useLanguage, useT } from '../../i18n/language.ts';
import { money } from '../../lib/money.ts';

export function CostLine({ steps, usage, cost }: Pick<AnswerCost, 'steps' | 'usage' | 'cost'>) {
  const t = useT();
  const language = useLanguage();
  const tokens = totalTokens(usage);
  const parts = [
    t(chatText.calls, { count: steps }),
    t(chatText.tokens, { count: tokens, number: tokens.toLocaleString(language) }),
    cost === null ? t(chatText.noPrice) : money(cost, language),
  ];
  return (
    <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }} data-testid="cost">
      {parts.join(' · ')}
    </Text>
  );
}
