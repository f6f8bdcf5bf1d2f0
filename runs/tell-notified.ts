import type { Bus } from '../contracts/bus.ts';

/** Tells people that their notifications have changed. @param people `user:<id>` or `key:<id>` */
export function tellNotified(
  { bus }: { bus?: Bus | undefined },
  workspace: string,
  people: Iterable<string>,
): void {
  for (const person of new Set(people)) bus?.publish({ kind: 'notification.changed', workspace, person });
}
