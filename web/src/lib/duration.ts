import type { Language } from '../../../contracts/text.ts';

/** 87 ms, 3.2 s, 4 min 12 s, 2 h 5 min, 3 d 4 h. */
export function formatDuration(ms: number, language: Language = 'en'): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = ms / 1_000;
  if (seconds < 60) {
    const digits = seconds < 10 ? 1 : 0;
    return `${seconds.toLocaleString(language, { maximumFractionDigits: digits })} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return pair(minutes, 'min', Math.floor(seconds % 60), 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return pair(hours, 'h', minutes % 60, 'min');
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function pair(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small > 0 ? `${big} ${bigUnit} ${small} ${smallUnit}` : `${big} ${bigUnit}`;
}
