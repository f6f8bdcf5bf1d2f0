const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** As people write it: `12 kB`, `1,4 MB`. Decimal, as the limits of the instance are. */
export function fileSize(bytes: number, language: string): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const value = bytes / 1_000 ** power;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
  }).format(value);
}
