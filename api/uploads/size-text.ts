const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** 5_000_000_000 → `5 GB`. */
export function sizeText(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${Math.round((bytes / 1_000 ** power) * 10) / 10} ${units[power]}`;
}
