import { Text } from '@mantine/core';
import { chatText } from '../../i18n/chat.ts';
import { htmlLanguage, useLanguage, useT } from '../../i18n/language.ts';
import type { PersonHere } from './state/use-people.ts';

/** Over the composer: who types, else who else is here. Its line is kept, so that nothing moves when somebody comes. */
export function PeopleHere({ people }: { people: readonly PersonHere[] }) {
  const t = useT();
  const list = new Intl.ListFormat(htmlLanguage(useLanguage()));
  const typing = people.filter(({ state }) => state === 'typing');
  const named = (who: readonly PersonHere[]) => list.format(who.map(({ name }) => name));
  return (
    <Text size="xs" c="dimmed" mih={20} px={4} truncate role="status">
      {typing.length > 0
        ? t(typing.length === 1 ? chatText.isTyping : chatText.areTyping, { names: named(typing) })
        : people.length > 0 && t(chatText.here, { names: named(people) })}
    </Text>
  );
}
