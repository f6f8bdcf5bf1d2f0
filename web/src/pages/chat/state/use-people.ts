/** Who else is in a conversation, and who types: known for half a minute from the last word of it. */
import { useCallback, useEffect, useState } from 'react';
import type { ChatPerson } from '../../../../../contracts/api/sockets.ts';
import { useAccount } from '../../../api/session.ts';

export interface PersonHere extends Pick<ChatPerson, 'person' | 'name' | 'state'> {
  /** Epoch milliseconds. */
  at: number;
}

const hereMs = 30_000;
/** Milliseconds that somebody counts as typing after the last word of it. */
const typingMs = 5_000;

export function usePeople() {
  const [people, setPeople] = useState<readonly PersonHere[]>([]);
  const me = useAccount().data?.user?.id;
  const onPerson = useCallback(
    ({ person, name, state }: ChatPerson) => {
      if (person === me || person === `user:${me}`) return;
      setPeople((all) => {
        const others = all.filter((one) => one.person !== person);
        return state === 'gone' ? others : [...others, { person, name, state, at: Date.now() }];
      });
    },
    [me],
  );
  const isEmpty = people.length === 0;
  useEffect(() => {
    if (isEmpty) return;
    const timer = setInterval(() => setPeople((all) => fade(all, Date.now())), 1_000);
    return () => clearInterval(timer);
  }, [isEmpty]);
  return { people, onPerson };
}

/** The same list when nothing has changed. */
function fade(people: readonly PersonHere[], now: number): readonly PersonHere[] {
  const faded = people
    .filter(({ at }) => now - at < hereMs)
    .map((person) =>
      person.state === 'typing' && now - person.at >= typingMs
        ? { ...person, state: 'here' as const }
        : person,
    );
  const isSame = faded.length === people.length && faded.every((person, index) => person === people[index]);
  return isSame ? people : faded;
}
