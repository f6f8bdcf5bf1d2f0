/**
 * What starts an agent by itself: a clock or an event, with the task that it is given then. Part of the definition, so it is live from
 * a version's publishing to the next, or until nothing is published.
 */
import { z } from 'zod';
import { jsonObject } from '../json.ts';

export const agentStartKind = z.enum(['schedule', 'event']);
export type AgentStartKind = z.output<typeof agentStartKind>;

export const agentStart = z.object({
  /** Its own while it is changed: a schedule that somebody has paused stays paused by it. */
  id: z.string().regex(/^[A-Za-z0-9]{1,40}$/, 'Use up to 40 letters and digits.'),
  kind: agentStartKind,
  /** Parameters of the trigger of an automation: "Schedule" or "Event". */
  trigger: jsonObject.default({}),
  /** The task. An expression may take in what came: `={{ $json.data.order }}`. */
  message: z.string().max(100_000).default(''),
  enabled: z.boolean().default(true),
});
export type AgentStart = z.output<typeof agentStart>;

/** As it is called where there is no place for more: the event, or the times as they are written. */
export function nameOfStart({ kind, trigger }: Pick<AgentStart, 'kind' | 'trigger'>): string {
  if (kind === 'event') return String(trigger.name ?? '');
  const { mode, times, cron, every, unit } = trigger;
  if (mode === 'cron') return String(cron ?? '');
  return mode === 'calendar' ? String(times ?? '') : `${every ?? ''} ${unit ?? ''}`.trim();
}
