/** The last `days` days up to `now`, as `YYYY-MM-DD` in UTC: a chart shows the days on which nothing was, too. */
export function everyDay(days: number, now: Date): string[] {
  return Array.from({ length: days }, (_, position) => {
    const day = new Date(now);
    day.setUTCDate(day.getUTCDate() - (days - 1 - position));
    return day.toISOString().slice(0, 10);
  });
}
