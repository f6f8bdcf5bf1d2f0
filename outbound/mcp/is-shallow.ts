/** Whether JSON is nested no deeper than any honest one: functions that call themselves would fall over it. */
export function isShallow(value: unknown, levels = 40): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((entry) => isShallow(entry, levels - 1));
}
