/** A start as it is when it is added, and the task that it says until somebody writes a better one. */
import type { AgentStart, AgentStartKind } from '../../../../../contracts/agents/start.ts';
import { startText } from '../../../i18n/agent-starts.ts';
import { t } from '../../../i18n/language.ts';
import { randomId } from '../../../lib/random-id.ts';

const triggers = {
  // Once a day is more often what is meant than every five minutes, and is cheap where it is not.
  schedule: { mode: 'calendar', times: '09:00', weekDays: 'mon-fri' },
  event: { name: 'order.paid' },
} as const;

export function newStart(kind: AgentStartKind): AgentStart {
  return {
    ...{ id: randomId(), kind, trigger: { ...triggers[kind] }, enabled: true },
    message: t(kind === 'schedule' ? startText.scheduleTask : startText.eventTask),
  };
}
