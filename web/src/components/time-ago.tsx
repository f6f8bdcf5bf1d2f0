/** A moment as a distance from now, exact on hover. Ticks once every ten seconds for all of them together. */
import { Text, Tooltip } from '@mantine/core';
import { create } from 'zustand';
import { useLanguage } from '../i18n/language.ts';
import { exactTime, relativeTime } from '../lib/relative-time.ts';

export const useNow = create<{ now: number }>((set) => {
  setInterval(() => set({ now: Date.now() }), 10_000);
  return { now: Date.now() };
});

export function TimeAgo({ at, size = 'sm' }: { at: string | number; size?: string }) {
  const language = useLanguage();
  const ticked = useNow((state) => state.now);
  const then = typeof at === 'number' ? at : Date.parse(at);
  // What happened since the last tick is not in the future.
  const now = Math.max(ticked, Math.min(then, Date.now()));
  return (
    <Tooltip label={exactTime(then, language)}>
      <Text
        component="time"
        dateTime={new Date(then).toISOString()}
        size={size}
        c="dimmed"
        style={{ whiteSpace: 'nowrap' }}
      >
        {relativeTime(then, now, language)}
      </Text>
    </Tooltip>
  );
}
