/** How long something took; ticks while it goes on. */
import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLanguage } from '../i18n/language.ts';
import { formatDuration } from '../lib/duration.ts';

export function Duration({ from, to, size = 'sm' }: { from: number; to: number | undefined; size?: string }) {
  const language = useLanguage();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (to !== undefined) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [to]);
  return (
    <Text component="span" size={size} style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {formatDuration(Math.max(0, (to ?? now) - from), language)}
    </Text>
  );
}
